package io.github.mailflowlab.failure;

/** Why a name gave no usable address. */
public enum DnsProblem {
  /** The name does not exist (NXDOMAIN). */
  NO_SUCH_DOMAIN("InfoDomainNonexistent"),
  /** The name exists, without an address. */
  NO_RECORDS("InfoNoRecords"),
  /** No answer that could be used: server failure, refusal, garbage. */
  NO_ANSWER("ErrorRetry"),
  /** No answer in time, at any try. */
  SILENT("ErrorRetry"),
  /** The domain says that it takes no mail (RFC 7505). */
  NULL_MX("InfoNullMx");

  private final String detail;

  DnsProblem(String detail) {
    this.detail = detail;
  }

  /** Exchange's word for it (exchange-online-behaviour 1.4). */
  public String detail() {
    return detail;
  }
}
