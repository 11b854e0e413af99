package io.github.mailflowlab.lab.pki;

/** What is wrong with the certificate that a host presents (failure-catalogue 8.2). */
public enum CertificateDefect {
  /** Nothing: the host's name as SAN, issued by the intermediate, in date. */
  NONE,
  /** Ran out yesterday. */
  EXPIRED,
  /** Begins in a month. */
  NOT_YET_VALID,
  /** Another host's name. */
  OTHER_NAME,
  /** Signed with its own key, as Exchange Server does by default. */
  SELF_SIGNED,
  /** Issued by a private authority, whose root is presented too. */
  UNTRUSTED_ROOT,
  /** Issued by an intermediate that ran out yesterday. */
  INTERMEDIATE_EXPIRED,
  /** The leaf alone, without its intermediate. */
  MISSING_INTERMEDIATE,
  /** A wildcard for the host's parent domain: no defect. */
  WILDCARD,
  /** The host's name as CN, no SAN at all: no defect for Exchange. */
  CN_ONLY
}
