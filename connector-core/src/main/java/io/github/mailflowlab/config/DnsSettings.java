package io.github.mailflowlab.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom the client asks for addresses.
 *
 * @param servers tried in order; empty for the system's own
 * @param timeout for one try, positive
 * @param tries 1 to 10
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout, int tries) {
  public static final DnsSettings DEFAULT = new DnsSettings(List.of(), Duration.ofSeconds(2), 2);

  public DnsSettings {
    servers = List.copyOf(servers);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: positive)");
    }
    if (tries < 1 || tries > 10) {
      throw new IllegalArgumentException("tries: " + tries + " (expected: 1 to 10)");
    }
  }
}
