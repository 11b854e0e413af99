package io.github.mailflowlab.failure;

/** Why a presented certificate was rejected. */
public enum CertificateProblem {
  EXPIRED("CertificateExpired"),
  NOT_YET_VALID("CertificateNotYetValid"),
  SELF_SIGNED("UntrustedRoot"),
  UNTRUSTED_ROOT("UntrustedRoot"),
  MISSING_INTERMEDIATE("UntrustedRoot"),
  NAME_MISMATCH("SubjectMismatch"),
  REVOKED("CertificateRevoked"),
  /** Signature, key, purpose or constraint: the chain is not acceptable as built. */
  INVALID("CertificateInvalid");

  private final String word;

  CertificateProblem(String word) {
    this.word = word;
  }

  /** Exchange's word for it (exchange-online-behaviour 1.4). */
  public String word() {
    return word;
  }
}
