package io.github.mailflowlab.smtp.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Whether this machine has IPv6. */
final class Ipv6 {
  private Ipv6() {}

  /** Whether an interface that is up has an IPv6 address from which that one may be reached. */
  static boolean mayReach(InetAddress address) {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Ipv6::isUp)
          .flatMap(one -> one.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .anyMatch(own -> leads(own, address));
    } catch (SocketException e) {
      return false;
    }
  }

  /** Loopback leads to loopback, and nothing else; a link's own address leads nowhere. */
  static boolean leads(InetAddress own, InetAddress address) {
    return own instanceof Inet6Address
        && !own.isLinkLocalAddress()
        && own.isLoopbackAddress() == address.isLoopbackAddress();
  }

  private static boolean isUp(NetworkInterface one) {
    try {
      return one.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
