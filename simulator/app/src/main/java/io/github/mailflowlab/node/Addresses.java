package io.github.mailflowlab.node;

import java.net.InetSocketAddress;

/** Socket addresses as text. */
public final class Addresses {
  private Addresses() {}

  /** {@code 127.0.0.1:1025}, an IPv6 address in square brackets. */
  public static String text(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
