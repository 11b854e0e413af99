package io.github.mailflowlab.lab.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A port where connecting gets no answer, made without privileges: a listener that never accepts,
 * its accept queue filled by connections of our own. Linux drops every further SYN; other systems
 * may refuse instead, which {@link #open} tells (failure-catalogue 9.1). The fillers are closed at
 * once, because the queue stays full without them.
 */
final class BlackHole implements Closeable {
  static final int BACKLOG = 1;

  private static final int MAX_FILLERS = 16;
  private static final int CONNECT_MILLIS = 250;

  private final ServerSocket listener;

  private BlackHole(ServerSocket listener) {
    this.listener = listener;
  }

  /** Fails where the machine does not do that. */
  static BlackHole open(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
      fill((InetSocketAddress) listener.getLocalSocketAddress());
      return new BlackHole(listener);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /**
   * Fills the accept queue of the listener there, which must accept nothing.
   *
   * @return how many connections that took; all are closed, and still in the queue
   * @throws IOException when the queue does not fill, or this machine does not drop what is beyond
   */
  static int fill(InetSocketAddress address) throws IOException {
    for (int i = 0; i < MAX_FILLERS; i++) {
      try (Socket filler = new Socket()) {
        filler.connect(address, CONNECT_MILLIS);
      } catch (SocketTimeoutException full) {
        return i;
      }
    }
    throw new BindException(address + ": the accept queue does not fill");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
