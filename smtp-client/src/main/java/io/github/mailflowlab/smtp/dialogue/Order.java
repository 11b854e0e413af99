package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.mail.Envelope;
import java.util.Optional;

/**
 * What one connection is for.
 *
 * @param heloName how we introduce ourselves
 * @param tlsSettings what the connector demands
 * @param mayUseTls false for the one connection in clear after TLS failed opportunistically
 * @param mail what to deliver; absent for a connectivity check
 * @param timeouts limits of the waits
 */
public record Order(
    String heloName,
    TlsSettings tlsSettings,
    boolean mayUseTls,
    Optional<Mail> mail,
    Timeouts timeouts) {
  public Order {
    if (tlsSettings.demandsTls() && !mayUseTls) {
      throw new IllegalArgumentException("in clear under " + tlsSettings);
    }
  }

  /**
   * One message.
   *
   * @param size octets of the content
   */
  public record Mail(Envelope envelope, long size) {}
}
