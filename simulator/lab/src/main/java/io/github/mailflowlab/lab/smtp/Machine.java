package io.github.mailflowlab.lab.smtp;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * What this machine's kernel lets a lab do. Linux can do it all.
 *
 * @param dropsConnections whether nothing comes back when an accept queue is full
 * @param hasElsewhere whether {@value Presence#ELSEWHERE} can be listened on
 */
public record Machine(boolean dropsConnections, boolean hasElsewhere) {
  /** Tries it; takes a quarter of a second. */
  public static Machine probe() {
    return new Machine(dropsWhenFull(), canListenElsewhere());
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

  private static boolean canListenElsewhere() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(Presence.ELSEWHERE, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
