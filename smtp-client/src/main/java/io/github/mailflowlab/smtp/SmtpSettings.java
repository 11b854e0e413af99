package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What the client is told about its world.
 *
 * @param heloName our name in EHLO: letters, digits, dots, hyphens and the brackets of a literal
 * @param timeouts limits of the waits, on the wall clock
 * @param connections how long connections are kept
 * @param dns whom to ask for addresses
 * @param revocation whether certificates are looked up among the revoked ones
 * @param clock judges certificates; the lab's time
 * @param ownListener true for an address that is our own way in: mail sent there would go round in
 *     a loop, so it is refused before connecting
 */
public record SmtpSettings(
    String heloName,
    Timeouts timeouts,
    ConnectionLimits connections,
    DnsSettings dns,
    Revocation revocation,
    InstantSource clock,
    Predicate<InetSocketAddress> ownListener) {
  public SmtpSettings {
    if (!heloName.matches("[A-Za-z0-9.:_\\[\\]-]{1,255}")) {
      throw new IllegalArgumentException("heloName: " + heloName + " (expected: a host name)");
    }
  }
}
