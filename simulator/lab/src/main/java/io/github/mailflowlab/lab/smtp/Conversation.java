package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A healthy host's side of one session (RFC 5321), without I/O: commands in, {@link Exchange}s out.
 * Nothing changes until an exchange's effect is run, so that a fault can answer instead. Confined
 * to the session's event loop.
 */
final class Conversation {
  static final int MAX_RECIPIENTS = 1_000;

  /** What the client may send next. */
  enum Phase {
    COMMANDS,
    CONTENT,
    HANDSHAKE,
    OVER
  }

  private final String hostName;
  private final boolean offersStartTls;
  private final Consumer<ReceivedMessage> store;
  private final List<String> recipients = new ArrayList<>();

  private Phase phase = Phase.COMMANDS;
  private boolean greeted;
  private boolean tls;
  private Optional<MailCommand> mail = Optional.empty();

  Conversation(String hostName, boolean offersStartTls, Consumer<ReceivedMessage> store) {
    this.hostName = hostName;
    this.offersStartTls = offersStartTls;
    this.store = store;
  }

  Phase phase() {
    return phase;
  }

  boolean isInTls() {
    return tls;
  }

  Exchange onConnected() {
    return Exchange.at(Stage.BANNER, "", () -> {}, "220 " + hostName + " ESMTP Mail Flow Lab");
  }

  Exchange onHandshakeBytes() {
    return Exchange.at(Stage.TLS, "", () -> {});
  }

  Exchange onFirstContent() {
    return Exchange.at(Stage.BODY, "", () -> {});
  }

  /** TLS is up: what was said in clear is forgotten (RFC 3207 4.2). */
  void onTlsUp() {
    tls = true;
    greeted = false;
    forgetMail();
    phase = Phase.COMMANDS;
  }

  Exchange onCommand(String line) {
    if (line.length() > LineReader.MAX_LENGTH) {
      return Exchange.plain(line, "500 5.5.2 Line too long");
    }
    return switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
      case "EHLO" -> ehlo(line);
      case "HELO" -> Exchange.at(Stage.EHLO, line, this::greet, "250 " + hostName);
      case "STARTTLS" -> startTls(line);
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data(line);
      case "RSET" -> Exchange.at(Stage.RSET, line, this::forgetMail, "250 2.0.0 OK");
      case "QUIT" -> Exchange.at(Stage.QUIT, line, () -> phase = Phase.OVER, "221 2.0.0 Bye");
      case "NOOP" -> Exchange.plain(line, "250 2.0.0 OK");
      case "VRFY" -> Exchange.plain(line, "252 2.1.5 Cannot verify, will try");
      default -> Exchange.plain(line, "500 5.5.1 Unrecognized command");
    };
  }

  private Exchange ehlo(String line) {
    List<String> reply = new ArrayList<>(List.of("250-" + hostName, "250-PIPELINING"));
    reply.add("250-8BITMIME");
    if (offersStartTls && !tls) {
      reply.add("250-STARTTLS");
    }
    reply.add("250-SIZE " + ContentReader.MAX_SIZE);
    reply.add("250 ENHANCEDSTATUSCODES");
    return new Exchange(Optional.of(Stage.EHLO), line, reply, this::greet);
  }

  private Exchange startTls(String line) {
    if (!offersStartTls) {
      return Exchange.plain(line, "502 5.5.1 Command not implemented");
    }
    if (tls || !greeted || mail.isPresent()) {
      return outOfSequence(line);
    }
    return Exchange.at(
        Stage.STARTTLS, line, () -> phase = Phase.HANDSHAKE, "220 2.0.0 Ready to start TLS");
  }

  private Exchange mail(String line) {
    if (!greeted || mail.isPresent()) {
      return outOfSequence(line);
    }
    Optional<MailCommand> read = MailCommand.parse(line);
    if (read.isEmpty()) {
      return Exchange.plain(line, "501 5.5.4 Expected MAIL FROM:<address>");
    }
    if (read.get().declaredSize() > ContentReader.MAX_SIZE) {
      return Exchange.plain(line, "552 5.3.4 Message too big");
    }
    return Exchange.at(Stage.MAIL, line, () -> mail = read, "250 2.1.0 Sender OK");
  }

  private Exchange rcpt(String line) {
    if (mail.isEmpty()) {
      return outOfSequence(line);
    }
    Optional<String> path = MailCommand.path(line, "RCPT TO:").filter(text -> !text.isEmpty());
    if (path.isEmpty()) {
      return Exchange.plain(line, "501 5.5.4 Expected RCPT TO:<address>");
    }
    if (recipients.size() >= MAX_RECIPIENTS) {
      return Exchange.plain(line, "452 4.5.3 Too many recipients");
    }
    return Exchange.at(
        Stage.RCPT, line, () -> recipients.add(path.get()), "250 2.1.5 Recipient OK");
  }

  private Exchange data(String line) {
    if (mail.isEmpty()) {
      return outOfSequence(line);
    }
    if (recipients.isEmpty()) {
      return Exchange.plain(line, "554 5.5.1 No valid recipients");
    }
    return Exchange.at(
        Stage.DATA, line, () -> phase = Phase.CONTENT, "354 End data with <CRLF>.<CRLF>");
  }

  /**
   * The final dot came. Whatever is answered, the transaction is over; only storing is a choice.
   */
  Exchange onContent(byte[] content, boolean tooBig) {
    MailCommand command = mail.orElseThrow();
    ReceivedMessage message =
        new ReceivedMessage(command.reversePath(), recipients, content, tls, command.line());
    phase = Phase.COMMANDS;
    forgetMail();
    return tooBig
        ? Exchange.at(Stage.DOT, "", () -> {}, "552 5.3.4 Message too big")
        : Exchange.at(Stage.DOT, "", () -> store.accept(message), "250 2.6.0 Message accepted");
  }

  private void greet() {
    greeted = true;
    forgetMail();
  }

  private void forgetMail() {
    mail = Optional.empty();
    recipients.clear();
  }

  private static Exchange outOfSequence(String line) {
    return Exchange.plain(line, "503 5.5.1 Bad sequence of commands");
  }
}
