package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Timeouts;
import java.time.Duration;

/**
 * How long a step of an attempt can take when every wait in it uses up its limit.
 *
 * @param grace what comes on top: scheduling, and our own processor time
 */
record StepLimits(Duration grace) {
  static final StepLimits DEFAULT = new StepLimits(Duration.ofSeconds(5));

  /** The most servers a system is usually configured with. */
  private static final int SYSTEM_SERVERS = 3;

  private static final int BLOCK = 64 * 1024;

  /** MX first and then addresses; each server may be asked again over TCP. */
  Duration ofLookup(DnsSettings dns) {
    int servers = dns.servers().isEmpty() ? SYSTEM_SERVERS : dns.servers().size();
    return dns.timeout().multipliedBy(2L * 2 * dns.tries() * servers).plus(grace);
  }

  /** One connection; each block may wait to be read and to be taken. */
  Duration ofConnection(Timeouts limits, long recipients, long octets) {
    long fixed =
        limits.connect().toNanos()
            + limits.banner().toNanos()
            + 3 * limits.ehlo().toNanos()
            + 3 * limits.starttls().toNanos()
            + limits.mail().toNanos()
            + limits.data().toNanos()
            + limits.finalDot().toNanos()
            + grace.toNanos();
    long each =
        recipients * limits.rcpt().toNanos() + 2 * (octets / BLOCK + 2) * limits.block().toNanos();
    return Duration.ofNanos(fixed + each);
  }
}
