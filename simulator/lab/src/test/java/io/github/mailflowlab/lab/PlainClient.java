package io.github.mailflowlab.lab;

import io.github.mailflowlab.config.SmartHost;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
  /** Long enough for the busiest machine: only what never comes is waited for so long. */
  private static final int PATIENCE_MILLIS = 10_000;

  /** For what is expected never to come. */
  static final int IMPATIENCE_MILLIS = 250;

  private static final int MAX_REPLY = 200_000;

  private Socket socket;

  private PlainClient(Socket socket) {
    this.socket = socket;
  }

  static PlainClient connect(SmartHost host) throws IOException {
    return connect(host, PATIENCE_MILLIS);
  }

  static PlainClient connect(SmartHost host, int connectMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);

      socket.connect(new InetSocketAddress(NetUtil.LOCALHOST4, host.port()), connectMillis);
      return new PlainClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** From now on silence is noticed soon. */
  PlainClient impatient() throws IOException {
    socket.setSoTimeout(IMPATIENCE_MILLIS);
    return this;
  }

  /** The usual patience again. */
  PlainClient patient() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return this;
  }

  /** What one read gives, which is no more than the segments that have come by now. */
  String segment() throws IOException {
    byte[] buffer = new byte[MAX_REPLY];
    int length = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
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
      write(text);
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
      int next = -1;
      while (read.size() < MAX_REPLY && !(next == '\n' && isComplete(text(read)))) {
        next = in.read();
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

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All that comes until the end or silence, as it is. */
  String readAll() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(read);
    } catch (SocketTimeoutException e) {
      // Silence: that was all.
    }
    return text(read);
  }

  /** Starts TLS without looking at the certificate. */
  void startTls(TrustEverything trust, String... protocols) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustEverything[] {trust}, null);
      upgrade(context, protocols);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void upgrade(SSLContext context, String... protocols) throws IOException {

    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    tls.setSoTimeout(socket.getSoTimeout());
    if (protocols.length > 0) {
      tls.setEnabledProtocols(protocols);
    }
    tls.startHandshake();
    socket = tls;
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
