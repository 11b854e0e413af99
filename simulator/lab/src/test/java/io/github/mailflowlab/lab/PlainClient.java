package io.github.mailflowlab.lab;

import io.github.mailflowlab.config.SmartHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A blocking client of the JDK's own making. What it sees comes back as text: a reply with {@code
 * \n} for CRLF, {@code EOF}, {@code RST} or {@code silence}.
 */
final class PlainClient implements AutoCloseable {
  static final int PATIENCE_MILLIS = 400;

  private static final int MAX_REPLY = 1_000_000;

  private Socket socket;

  private PlainClient(Socket socket) {
    this.socket = socket;
  }

  static PlainClient connect(SmartHost host) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      InetAddress loopback = InetAddress.getByAddress(host.host(), new byte[] {127, 0, 0, 1});
      socket.connect(new InetSocketAddress(loopback, host.port()), PATIENCE_MILLIS);
      return new PlainClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends the commands, one after the other, each after the reply to the one before. */
  String talk(String... commands) {
    String reply = reply();
    for (String command : commands) {
      reply = send(command);
    }
    return reply;
  }

  String send(String command) {
    return sendRaw(command + "\r\n");
  }

  String sendRaw(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return ending(e);
    }
    return reply();
  }

  /** Reads up to the end of a reply, or of the connection, or of patience. */
  String reply() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      while (read.size() < MAX_REPLY && !isComplete(text(read))) {
        int next = in.read();
        if (next < 0) {
          return text(read) + "EOF";
        }
        read.write(next);
      }
      return text(read).replace("\r\n", "\n").stripTrailing();
    } catch (IOException e) {
      return text(read) + ending(e);
    }
  }

  /** The bytes that come within patience, whatever they are. */
  byte[] readRaw() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        read.write(b);
      }
    } catch (SocketTimeoutException e) {
      // All there is for now.
    }
    return read.toByteArray();
  }

  /** Starts TLS without looking at the certificate. */
  SSLSocket startTls(TrustEverything trust) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustEverything[] {trust}, null);
      return upgrade(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLSocket upgrade(SSLContext context) throws IOException {
    String name = socket.getInetAddress().getHostName();
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, name, socket.getPort(), true);
    tls.setSoTimeout(PATIENCE_MILLIS * 5);
    tls.startHandshake();
    socket = tls;
    return tls;
  }

  private static boolean isComplete(String reply) {
    if (!reply.endsWith("\r\n")) {
      return false;
    }
    int last = reply.lastIndexOf("\r\n", reply.length() - 3);
    String line = reply.substring(last < 0 ? 0 : last + 2);
    return line.length() < 4 || line.charAt(3) != '-';
  }

  static String ending(IOException e) {
    return e instanceof SocketTimeoutException ? "silence" : "RST";
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
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
