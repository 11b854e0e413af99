package io.github.mailflowlab.settings;

import java.net.InetAddress;
import java.util.List;

/**
 * Who may connect from beyond this machine.
 *
 * @param token the secret of {@code Authorization: Bearer}
 * @param allow from where; at least one
 * @param hosts names that HTTP requests may be addressed to, beside the listener's own
 */
public record Security(String token, List<AddressRange> allow, List<String> hosts) {
  public Security {
    allow = List.copyOf(allow);
    hosts = List.copyOf(hosts);
    if (token.isEmpty() || allow.isEmpty()) {
      throw new IllegalArgumentException("token and allow (expected: both)");
    }
  }

  /** Whether a peer may connect: this machine always may. */
  public boolean allows(InetAddress peer) {
    return peer.isLoopbackAddress() || allow.stream().anyMatch(range -> range.contains(peer));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Security[token=***, allow=" + allow + ", hosts=" + hosts + "]";
  }
}
