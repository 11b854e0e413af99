package io.github.mailflowlab.lab.smtp;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * What this machine's kernel lets a lab do. Linux can do it all.
 *
 * @param dropsConnections whether nothing comes back when an accept queue is full
 * @param hasElsewhere whether {@value Presence#ELSEWHERE} can be listened on
 * @param hasNowhere whether connecting to loopback's broadcast address fails at once, and not as
 *     refused
 * @param hasIpv6 whether an interface has an address of IPv6 that leads beyond loopback and link
 */
public record Machine(
    boolean dropsConnections, boolean hasElsewhere, boolean hasNowhere, boolean hasIpv6) {
  private static final int PROBE_MILLIS = 250;

  /** Tries it; takes a quarter of a second. */
  public static Machine probe() {
    return new Machine(dropsWhenFull(), canListenElsewhere(), failsNowhere(), isOnIpv6());
  }

  /** Whether a host can be reached so here. */
  public boolean allows(Presence presence) {
    return (dropsConnections || !presence.needsBlackHole())
        && (hasElsewhere || presence.elsewhere().isEmpty());
  }

  private static boolean dropsWhenFull() {
    try {
      BlackHole.open(new InetSocketAddress(NetUtil.LOCALHOST4, 0)).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean failsNowhere() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress("127.255.255.255", 1), PROBE_MILLIS);
      return false;
    } catch (ConnectException | SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isOnIpv6() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(
              own ->
                  own instanceof Inet6Address
                      && !own.isLoopbackAddress()
                      && !own.isLinkLocalAddress());
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean canListenElsewhere() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(Presence.ELSEWHERE, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
