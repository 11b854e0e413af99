package io.github.mailflowlab.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The server an attempt was for, and the address it got to.
 *
 * @param serverName as configured, without port and square brackets
 * @param address resolved; absent when DNS gave none
 */
public record Destination(String serverName, Optional<InetSocketAddress> address) {
  public Destination {
    if (address.isPresent() && address.get().isUnresolved()) {
      throw new IllegalArgumentException("address: " + address.get() + " (expected: resolved)");
    }
  }

  /** {@code 127.0.0.1:2525}, an IPv6 address in square brackets. */
  public Optional<String> addressAndPort() {
    return address.map(
        socket -> {
          String ip = ipOf(socket);
          return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + socket.getPort();
        });
  }

  /** {@code 127.0.0.1}. */
  public Optional<String> ip() {
    return address.map(Destination::ipOf);
  }

  private static String ipOf(InetSocketAddress socket) {
    InetAddress address = socket.getAddress();
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
