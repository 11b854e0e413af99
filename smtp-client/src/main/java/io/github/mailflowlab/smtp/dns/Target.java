package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.delivery.Destination;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One address to try.
 *
 * @param serverName what a report, SNI and the certificate's text call this server
 * @param address resolved
 */
public record Target(String serverName, InetSocketAddress address) {
  /** As in a report. */
  public Destination destination() {
    return new Destination(serverName, Optional.of(address));
  }

  /** {@code 127.0.0.1:2525}. */
  public String addressAndPort() {
    return destination().addressAndPort().orElseThrow();
  }
}
