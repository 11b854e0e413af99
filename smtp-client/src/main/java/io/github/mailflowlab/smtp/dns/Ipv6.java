package io.github.mailflowlab.smtp.dns;

import java.net.Inet6Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Whether this machine has IPv6. */
final class Ipv6 {
  private Ipv6() {}

  /** Whether any interface that is up has an IPv6 address beyond its own link. */
  static boolean isUsable() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Ipv6::isUp)
          .flatMap(one -> one.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .anyMatch(address -> address instanceof Inet6Address && !address.isLinkLocalAddress());
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isUp(NetworkInterface one) {
    try {
      return one.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
