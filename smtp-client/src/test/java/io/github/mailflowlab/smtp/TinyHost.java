package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.SmartHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A host for one session, as bare as a script: for what the lab does not stage. */
final class TinyHost implements AutoCloseable {
  /** The server's part. */
  @FunctionalInterface
  interface Part {
    void play(Session session) throws IOException;
  }

  /** One connection, blocking. */
  record Session(Socket socket, BufferedReader in, OutputStream out) {
    void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** Answers a command. */
    void answer(String reply) throws IOException {
      if (in.readLine() == null) {
        throw new IOException("the client is gone");
      }
      say(reply);
    }

    /** Up to the reply to DATA. */
    void upToContent() throws IOException {
      say("220 tiny.example");
      answer("250 tiny.example");
      answer("250 sender ok");
      answer("250 recipient ok");
      answer("354 go ahead");
    }
  }

  private final ServerSocket listener;
  private final Thread thread;

  private TinyHost(ServerSocket listener, Part part) {
    this.listener = listener;
    this.thread = new Thread(() -> run(part), "tiny-host");
  }

  static TinyHost start(Part part) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReceiveBufferSize(4096);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      TinyHost host = new TinyHost(listener, part);
      host.thread.setDaemon(true);
      host.thread.start();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SmartHost smartHost() {
    return new SmartHost("127.0.0.1", listener.getLocalPort());
  }

  private void run(Part part) {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      part.play(new Session(socket, in, socket.getOutputStream()));
      while (in.read() >= 0) {
        // The client ends it.
      }
    } catch (IOException e) {
      // The end of a session, one way or the other; what the client makes of it is the test.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
