package io.github.mailflowlab.lab.smtp;

import io.netty.util.NetUtil;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A port where connecting gets no answer, made without privileges: a listener that never accepts,
 * its accept queue filled by connections of our own. Linux drops every further SYN; other systems
 * may refuse instead, which {@link #holds} tells (failure-catalogue 9.1). The fillers are closed at
 * once, because the queue stays full without them.
 */
public final class BlackHole implements Closeable {
  private static final int BACKLOG = 1;
  private static final int MAX_FILLERS = 16;
  private static final int CONNECT_MILLIS = 250;

  private final ServerSocket listener;
  private final boolean holds;

  private BlackHole(ServerSocket listener, boolean holds) {
    this.listener = listener;
    this.holds = holds;
  }

  static BlackHole open(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
      return new BlackHole(listener, fill((InetSocketAddress) listener.getLocalSocketAddress()));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /** Whether this machine can do it; takes a quarter of a second. */
  public static boolean isPossible() {
    try (BlackHole probe = open(new InetSocketAddress(NetUtil.LOCALHOST4, 0))) {
      return probe.holds;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the queue was seen to be full. */
  boolean holds() {
    return holds;
  }

  private static boolean fill(InetSocketAddress address) throws IOException {
    for (int i = 0; i < MAX_FILLERS; i++) {
      try (Socket filler = new Socket()) {
        filler.connect(address, CONNECT_MILLIS);
      } catch (SocketTimeoutException full) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
