package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.SmartHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A connection of somebody else, who has been greeted and says nothing. */
record TinyClient(Socket socket) implements AutoCloseable {
  static TinyClient greetedBy(SmartHost host) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
      while (socket.getInputStream().read() != '\n') {
        // The host counts it by now.
      }
      return new TinyClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
