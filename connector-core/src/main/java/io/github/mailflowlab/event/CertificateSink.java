package io.github.mailflowlab.event;

import java.time.Instant;

/** Hears of the certificates that servers present, whatever became of the attempt. */
@FunctionalInterface
public interface CertificateSink {
  /**
   * Called for every handshake, on a thread of the client; must return at once and must not throw.
   *
   * @param connector the connector's name
   * @param server the server as the connector or DNS names it
   * @param expires when the server's own certificate stops being valid
   */
  void seen(String connector, String server, Instant expires);
}
