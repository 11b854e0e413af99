package io.github.mailflowlab.lab.dns;

/** How the server answers for one name (failure-catalogue 2). */
public enum DnsAnswer {
  /** A: 127.0.0.1; any other type: no data. */
  LOOPBACK,
  /** As LOOPBACK, but no answer over UDP is complete. */
  TRUNCATED,
  /**
   * No answer over UDP is complete, and the server's TCP port is closed, for this name and so for
   * every other.
   */
  TRUNCATED_WITHOUT_TCP,
  /** The name does not exist. */
  NO_SUCH_NAME,
  /** The name exists, without a record of any type asked for. */
  NO_DATA,
  /** The server fails. */
  SERVER_FAILURE,
  /** Nothing comes back, over UDP or TCP. */
  SILENCE
}
