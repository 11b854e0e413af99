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
  /** Whether it is revoked could not be found out, and the configuration insists. */
  REVOCATION_UNKNOWN("CertificateRevocationUnknown"),
  /** A key too short to be trusted. */
  WEAK_KEY("CertificateInvalid"),
  /** Signed with an algorithm that can be forged. */
  WEAK_SIGNATURE("CertificateInvalid"),
  /** Not for servers. */
  WRONG_PURPOSE("CertificateInvalid"),
  /** Issued by what is no authority. */
  NOT_AUTHORITY("CertificateInvalid"),
  /** Issued by an authority that may not certify this name. */
  NAME_CONSTRAINT("CertificateInvalid"),
  /** The chain is not acceptable for another reason. */
  INVALID("CertificateInvalid");

  private final String word;

  CertificateProblem(String word) {
    this.word = word;
  }

  /**
   * Exchange's word for it, where one has been seen (exchange-online-behaviour 1.4): {@code
   * CertificateExpired}, {@code UntrustedRoot} and {@code SubjectMismatch}. The others are ours.
   */
  public String word() {
    return word;
  }
}
