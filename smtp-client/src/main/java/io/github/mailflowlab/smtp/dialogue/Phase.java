package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Stage;
import java.time.Duration;

/**
 * Where a session stands. It never goes backwards, but for READY and TRANSACTION, which alternate.
 * The legal paths, each of which may break off to QUIT or CLOSED at any point:
 *
 * <pre>
 *   GREETING EHLO [HELO] session
 *   session:     [STARTTLS (refused, not demanded)]                          mail
 *                 STARTTLS HANDSHAKE [CERTIFICATE (demanded)] EHLO_IN_TLS    mail
 *   mail:         TRANSACTION READY [TRANSACTION READY]...   QUIT CLOSED
 *                 READY (connectivity check)                 QUIT CLOSED
 * </pre>
 *
 * What happens within TRANSACTION is {@link Transaction}'s business.
 */
enum Phase {
  GREETING(Stage.BANNER),
  EHLO(Stage.EHLO),
  HELO(Stage.EHLO),
  STARTTLS(Stage.STARTTLS),
  HANDSHAKE(Stage.TLS),
  CERTIFICATE(Stage.CERTIFICATE),
  EHLO_IN_TLS(Stage.EHLO),
  READY(Stage.DONE),
  TRANSACTION(Stage.MAIL),
  QUIT(Stage.QUIT),
  CLOSED(Stage.DONE);

  /** QUIT is a courtesy: nothing depends on its reply. */
  static final Duration QUIT_LIMIT = Duration.ofSeconds(5);

  private final Stage stage;

  Phase(Stage stage) {
    this.stage = stage;
  }

  /** The name of this phase in a report. */
  Stage stage() {
    return stage;
  }

  /** Whether TLS has been asked for, and not yet been proven by a reply to EHLO. */
  boolean isTlsComingUp() {
    return compareTo(STARTTLS) >= 0 && compareTo(EHLO_IN_TLS) <= 0;
  }

  /** Whether a command is out that waits for its one reply. */
  boolean owesReply() {
    return switch (this) {
      case GREETING, EHLO, HELO, STARTTLS, EHLO_IN_TLS, QUIT -> true;
      case HANDSHAKE, CERTIFICATE, READY, TRANSACTION, CLOSED -> false;
    };
  }

  /** How long to wait for what ends this phase. */
  Duration limit(Timeouts timeouts) {
    return switch (this) {
      case GREETING -> timeouts.banner();
      case EHLO, HELO, EHLO_IN_TLS -> timeouts.ehlo();
      case STARTTLS, HANDSHAKE, CERTIFICATE -> timeouts.starttls();
      case READY, TRANSACTION -> throw new IllegalStateException("no limit of its own: " + this);
      case QUIT, CLOSED -> QUIT_LIMIT;
    };
  }
}
