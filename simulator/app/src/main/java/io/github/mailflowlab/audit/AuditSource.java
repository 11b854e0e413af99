package io.github.mailflowlab.audit;

import io.github.mailflowlab.audit.Ledger.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One client of the program: brings one message after the other until the connection breaks, each
 * entered in the ledger before its final dot and after the reply. Runs on a thread of its own.
 */
final class AuditSource implements Runnable {
  static final String SENDER = "sender@audit.example";

  private static final Duration REPLY_LIMIT = Duration.ofSeconds(60);
  private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(8);
  private static final int SMALL = 4_000;

  /** More than one chunk of the spool. */
  private static final int LARGE = 200_000;

  private final InetSocketAddress target;
  private final Ledger ledger;
  private final Runnable onAcknowledged;
  private final String name;
  private final Random random;

  /**
   * Prepares.
   *
   * @param onAcknowledged runs after each 250 to a final dot
   * @param name goes before each id, which nobody else's may begin with
   */
  AuditSource(
      InetSocketAddress target, Ledger ledger, Runnable onAcknowledged, String name, long seed) {
    this.target = target;
    this.ledger = ledger;
    this.onAcknowledged = onAcknowledged;
    this.name = name;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    bring(Integer.MAX_VALUE);
  }

  /** Brings so many, unless the connection breaks before. */
  void bring(int count) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) REPLY_LIMIT.toMillis());
      socket.connect(target);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      reply(in);
      ask(in, out, "EHLO source.audit.example");
      for (int number = 0; number < count; number++) {
        bringOne(in, out, name + "n" + number);
        LockSupport.parkNanos((long) (random.nextDouble() * MAX_PAUSE));
      }
    } catch (IOException e) {
      // The program was killed, as intended; what it had answered is in the ledger.
    }
  }

  private void bringOne(BufferedReader in, OutputStream out, String id) throws IOException {
    List<String> recipients = recipients(id);
    ask(in, out, "MAIL FROM:<" + SENDER + ">");
    for (String recipient : recipients) {
      ask(in, out, "RCPT TO:<" + recipient + ">");
    }
    if (!ask(in, out, "DATA").startsWith("354")) {
      return;
    }
    ledger.offered(id, recipients);
    String reply = ask(in, out, mail(id));
    if (reply.startsWith("250 ")) {
      ledger.answered(id, Answer.ACKNOWLEDGED);
      onAcknowledged.run();
    } else {
      ledger.answered(id, Answer.REFUSED);
    }
  }

  /** Most to the host that takes it; some to each of the others, or to all, or to two of one. */
  private List<String> recipients(String id) {
    List<String> recipients = new ArrayList<>();
    for (Destination one :
        switch (random.nextInt(20)) {
          case 0 -> List.of(Destination.TAKING);
          case 1, 2 -> List.of(Destination.REFUSING);
          case 3, 4 -> List.of(Destination.DEAD);
          case 5 -> List.of(Destination.values());
          default -> List.<Destination>of();
        }) {
      recipients.add(id + ".a" + one.suffix());
      recipients.add(id + ".b" + one.suffix());
    }
    return recipients.isEmpty() ? List.of(id + Destination.TAKING.suffix()) : recipients;
  }

  private String mail(String id) {
    int size = random.nextInt(50) == 0 ? LARGE : random.nextInt(SMALL);
    return "Subject: "
        + id
        + "\r\n\r\n"
        + "Twenty-eight octets, all in.\r\n".repeat(size / 28)
        + ".";
  }

  private static String ask(BufferedReader in, OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return reply(in);
  }

  /** The last line of a reply. */
  private static String reply(BufferedReader in) throws IOException {
    String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new IOException("the connection is closed");
      }
    } while (line.startsWith("-", 3));
    return line;
  }
}
