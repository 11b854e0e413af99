package io.github.mailflowlab.failure;

/** Why TCP was not established, with the number Winsock gives it. */
public enum ConnectProblem {
  REFUSED(10061),
  TIMED_OUT(10060),
  NETWORK_UNREACHABLE(10051),
  HOST_UNREACHABLE(10065);

  private final int winsockCode;

  ConnectProblem(int winsockCode) {
    this.winsockCode = winsockCode;
  }

  public int winsockCode() {
    return winsockCode;
  }
}
