package io.github.mailflowlab.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking client on a real socket, one octet per character. */
public final class SocketClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final BufferedReader reader;

  public SocketClient(InetSocketAddress address) throws IOException {
    socket.connect(address, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** The last line of the next reply; {@code "closed"} when there is none any more. */
  public String reply() throws IOException {
    String line = reader.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = reader.readLine();
    }
    return line == null ? "closed" : line;
  }

  /** Sends one line and reads its reply. */
  public String ask(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  /** Up to where DATA or BDAT is expected. */
  void beginTransaction() throws IOException {
    reply();
    ask("EHLO client.example");
    ask("MAIL FROM:<s@x.example>");
    ask("RCPT TO:<a@corp.example>");
  }

  /** Up to where content is expected. */
  SocketClient beginData() throws IOException {
    beginTransaction();
    if (!ask("DATA").startsWith("354")) {
      throw new IOException("DATA refused");
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
