package io.github.mailflowlab.failure;

/** Why TLS did not come up although the connector demands it. */
public enum TlsProblem {
  /** The server did not offer STARTTLS. */
  NOT_OFFERED,
  /** The server offered STARTTLS and then answered it negatively. */
  REFUSED,
  /** More bytes came with the reply to STARTTLS: an injection. */
  INJECTED,
  /** The handshake failed: an alert, or bytes that are not TLS. */
  HANDSHAKE,
  /** The connection ended within the handshake. */
  CLOSED,
  /** The connection was reset within the handshake. */
  RESET,
  /** The handshake did not end in time. */
  SILENT,
  /** The session broke between the handshake and the reply to the second EHLO. */
  SESSION
}
