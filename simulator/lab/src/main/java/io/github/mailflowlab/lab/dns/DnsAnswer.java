package io.github.mailflowlab.lab.dns;

/** How the server answers for one name (failure-catalogue 2). */
public enum DnsAnswer {
  /** A: 127.0.0.1; any other type: no data. */
  LOOPBACK,
  /** The name does not exist. */
  NO_SUCH_NAME,
  /** The name exists, without a record of any type asked for. */
  NO_DATA,
  /** The server fails. */
  SERVER_FAILURE,
  /** Nothing comes back, over UDP or TCP. */
  SILENCE
}
