package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A line to a server that is cut at the next COMMIT: before the server hears of it, or when it
 * answers. Later connections go through again.
 */
final class CutLine implements AutoCloseable {
  /** Where the line is cut. */
  enum Cut {
    NOWHERE,
    BEFORE_THE_COMMIT,
    BEFORE_THE_ANSWER
  }

  /** The server's answer to a COMMIT. */
  private static final String ANSWER = "COMMIT";

  /** What the client asks before it says COMMIT, which it says by a number. */
  private static final String LAST_QUESTION = "pg_current_xact_id";

  private final ServerSocket listener;
  private final int serverPort;
  private volatile Cut next = Cut.NOWHERE;

  CutLine(int serverPort) {
    this.serverPort = serverPort;
    try {
      this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutNext(Cut cut) {
    next = cut;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cut-line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      start(() -> pass(client, server, Cut.BEFORE_THE_COMMIT));
      start(() -> pass(server, client, Cut.BEFORE_THE_ANSWER));
    } catch (IOException e) {
      client.close();
    }
  }

  private void pass(Socket from, Socket to, Cut cut) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[65_536];
      boolean commitIsNext = false;
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        String heard = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        if (next == cut && (commitIsNext || heard.contains(ANSWER))) {
          next = Cut.NOWHERE;
          return;
        }
        commitIsNext = heard.contains(LAST_QUESTION);
        out.write(buffer, 0, length);
        out.flush();
      }
    } catch (IOException e) {
      // The other side is gone; so is this one, then.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
