package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import java.util.Locale;
import java.util.Optional;

/**
 * A healthy host's side of one session (RFC 5321), without I/O: commands in, {@link Exchange}s out.
 * Nothing changes until an exchange's effect is run, so that a fault can answer instead. Confined
 * to the session's event loop.
 */
final class Conversation {
  /** What the client may send next. */
  enum Phase {
    COMMANDS,
    CONTENT,
    HANDSHAKE,
    OVER
  }

  private final String hostName;
  private final Extensions extensions;
  private final MailTransaction transaction;

  private Phase phase = Phase.COMMANDS;
  private Extensions usable = Extensions.NONE;
  private boolean greeted;
  private Optional<String> helo = Optional.empty();
  private boolean tls;

  Conversation(String hostName, Extensions extensions, MailTransaction transaction) {
    this.hostName = hostName;
    this.extensions = extensions;
    this.transaction = transaction;
  }

  Phase phase() {
    return transaction.isReceiving() ? Phase.CONTENT : phase;
  }

  /** As the client called itself last. */
  Optional<String> helo() {
    return helo;
  }

  /** The client's name in EHLO or HELO. */
  static Optional<String> nameIn(String ehlo) {
    int blank = ehlo.indexOf(' ');
    return Optional.of(blank < 0 ? "" : ehlo.substring(blank).strip())
        .filter(name -> !name.isEmpty());
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

  /** TLS is up: what was said in clear is forgotten (RFC 3207 4.2). */
  Exchange onTlsUp() {
    tls = true;
    greeted = false;
    usable = Extensions.NONE;
    transaction.onTlsUp();
    phase = Phase.COMMANDS;
    return Exchange.at(Stage.CERTIFICATE, "", () -> {});
  }

  /**
   * A command.
   *
   * @param followed whether more came before this could be answered
   */
  Exchange onCommand(String line, boolean followed) {
    if (line.length() > LineReader.MAX_LENGTH) {
      return Exchange.plain(line, "500 5.5.2 Line too long");
    }
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    if (verb.equals("BDAT") && extensions.offers("CHUNKING")) {
      return transaction.bdat(line);
    }
    if (followed && !extensions.offers("PIPELINING") && !verb.equals("STARTTLS")) {
      return Exchange.plain(line, "503 5.5.0 Improper pipelining");
    }
    return switch (verb) {
      case "EHLO" -> ehlo(line);
      case "HELO" ->
          Exchange.at(Stage.EHLO, line, () -> greet(line, Extensions.NONE), "250 " + hostName);
      case "STARTTLS" -> startTls(line);
      case "MAIL" -> greeted ? transaction.mail(line, usable) : Exchange.outOfSequence(line);
      case "RCPT" -> transaction.rcpt(line, usable);
      case "DATA" -> transaction.data(line);
      case "RSET" -> Exchange.at(Stage.RSET, line, transaction::forget, "250 2.0.0 OK");
      case "QUIT" -> Exchange.at(Stage.QUIT, line, () -> phase = Phase.OVER, "221 2.0.0 Bye");
      case "NOOP" -> Exchange.plain(line, "250 2.0.0 OK");
      case "VRFY" -> Exchange.plain(line, "252 2.1.5 Cannot verify, will try");
      default -> Exchange.plain(line, "500 5.5.1 Unrecognized command");
    };
  }

  private Exchange ehlo(String line) {
    return new Exchange(
        Optional.of(Stage.EHLO),
        line,
        extensions.announcement(hostName, tls),
        () -> greet(line, extensions));
  }

  private Exchange startTls(String line) {
    if (!extensions.offers("STARTTLS")) {
      return Exchange.plain(line, "502 5.5.1 Command not implemented");
    }
    if (tls || !greeted || transaction.hasBegun()) {
      return Exchange.outOfSequence(line);
    }
    return Exchange.at(
        Stage.STARTTLS, line, () -> phase = Phase.HANDSHAKE, "220 2.0.0 Ready to start TLS");
  }

  private void greet(String line, Extensions told) {
    helo = nameIn(line);
    greeted = true;
    usable = told;
    transaction.forget();
  }
}
