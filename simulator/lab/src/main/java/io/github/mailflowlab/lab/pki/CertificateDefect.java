package io.github.mailflowlab.lab.pki;

/** What is wrong with the certificate that a host presents (failure-catalogue 8.2). */
public enum CertificateDefect {
  /** Nothing: the host's name as SAN, issued by the intermediate, in date. */
  NONE,
  /** Ran out yesterday. */
  EXPIRED,
  /** Begins in a month. */
  NOT_YET_VALID,
  /** Good for somebody whose clock is a day ahead of ours: it begins in 23 hours. */
  OF_TOMORROW,
  /** Issued by an intermediate that ran out yesterday. */
  INTERMEDIATE_EXPIRED,
  /** Issued by a root that is trusted and ran out yesterday. */
  ROOT_EXPIRED,
  /** Signed with its own key, as Exchange Server does by default. */
  SELF_SIGNED,
  /** Issued by a private authority, whose root is presented too. */
  UNTRUSTED_ROOT,
  /** The leaf alone, without its intermediate. */
  MISSING_INTERMEDIATE,
  /** Two intermediates, presented after the root and the wrong way round: no defect. */
  DISORDER,
  /** With a stranger's root and another leaf: no defect. */
  EXTRA,
  /** Another host's name. */
  OTHER_NAME,
  /** The host's name as CN, another one's as SAN, which is the one that counts. */
  OTHER_DNS_NAME,
  /** The host's name as CN, no SAN at all: no defect for Exchange. */
  CN_ONLY,
  /** Neither CN nor SAN. */
  NO_NAME,
  /** A wildcard for the host's parent domain: no defect, unless that is a top-level domain. */
  WILDCARD,
  /** A wildcard for the domain above the host's parent domain. */
  WILDCARD_ABOVE,
  /** A wildcard for the names below the host's own. */
  WILDCARD_BELOW,
  /** A wildcard for a part of the host's first label. */
  WILDCARD_PART,
  /** A key of RSA with 1,024 bits. */
  RSA_1024,
  /** A key of RSA with 512 bits, which TLS 1.3 cannot use. */
  RSA_512,
  /** Signed with SHA-1. */
  SHA_1,
  /** Signed with MD5. */
  MD_5,
  /** Its extended key usage is for clients. */
  FOR_CLIENTS,
  /** Without an extended key usage: no defect. */
  FOR_ANYTHING,
  /** Issued by a certificate that is no authority's. */
  NOT_AUTHORITY,
  /** Issued by an authority that may certify names below {@code corp.example} alone. */
  NAME_CONSTRAINT,
  /** Not revoked, by its issuer's list: no defect. */
  LISTED,
  /** On its issuer's list of revoked certificates. */
  LISTED_REVOKED,
  /** Nobody listens where its issuer's list should be. */
  LIST_DOWN,
  /** Its issuer's list ran out yesterday. */
  LIST_OUT_OF_DATE,
  /** Its issuer's list is signed by somebody else. */
  LIST_FORGED,
  /** Not revoked, by its issuer's OCSP responder: no defect. */
  ANSWERED,
  /** Revoked, by its issuer's OCSP responder. */
  ANSWERED_REVOKED,
  /** Nobody listens where the OCSP responder should be. */
  RESPONDER_DOWN,
  /** What the OCSP responder says ran out yesterday. */
  RESPONDER_OUT_OF_DATE,
  /** What the OCSP responder says is signed by somebody else. */
  RESPONDER_FORGED
}
