package io.github.mailflowlab.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** Listens, closes every connection at once, and counts them. */
final class DeadHost implements AutoCloseable {
  private final ServerSocket listener;
  private final LongAdder connections = new LongAdder();

  private DeadHost(InetSocketAddress address) throws IOException {
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(address);
    Thread thread = new Thread(this::run, "bench-dead-host");
    thread.setDaemon(true);
    thread.start();
  }

  static DeadHost start(InetSocketAddress address) throws IOException {
    return new DeadHost(address);
  }

  private void run() {
    while (!listener.isClosed()) {
      try (Socket accepted = listener.accept()) {
        if (accepted.isConnected()) {
          connections.increment();
        }
      } catch (IOException e) {
        // The listener was closed, or the client was quicker; either is fine.
      }
    }
  }

  long connections() {
    return connections.sum();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
