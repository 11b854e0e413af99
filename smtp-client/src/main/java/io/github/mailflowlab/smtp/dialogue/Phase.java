package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Stage;
import java.time.Duration;

/**
 * Where a dialogue stands. It never goes backwards; RCPT alone repeats. The legal paths, each of
 * which may break off to QUIT or CLOSED at any point:
 *
 * <pre>
 *   GREETING EHLO [HELO] session
 *   session:     [STARTTLS (refused, not demanded)]                          transaction
 *                 STARTTLS HANDSHAKE [CERTIFICATE (demanded)] EHLO_IN_TLS    transaction
 *   transaction:  MAIL RCPT... DATA CONTENT DOT  QUIT CLOSED
 *                 MAIL RCPT... (all refused)     QUIT CLOSED
 *                 (connectivity check)           QUIT CLOSED
 * </pre>
 */
enum Phase {
  GREETING(Stage.BANNER),
  EHLO(Stage.EHLO),
  HELO(Stage.EHLO),
  STARTTLS(Stage.STARTTLS),
  HANDSHAKE(Stage.TLS),
  CERTIFICATE(Stage.CERTIFICATE),
  EHLO_IN_TLS(Stage.EHLO),
  MAIL(Stage.MAIL),
  RCPT(Stage.RCPT),
  DATA(Stage.DATA),
  CONTENT(Stage.BODY),
  DOT(Stage.DOT),
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

  /** How long to wait for what ends this phase. */
  Duration limit(Timeouts timeouts) {
    return switch (this) {
      case GREETING -> timeouts.banner();
      case EHLO, HELO, EHLO_IN_TLS -> timeouts.ehlo();
      case STARTTLS, HANDSHAKE, CERTIFICATE -> timeouts.starttls();
      case MAIL -> timeouts.mail();
      case RCPT -> timeouts.rcpt();
      case DATA -> timeouts.data();
      case CONTENT -> timeouts.block();
      case DOT -> timeouts.finalDot();
      case QUIT, CLOSED -> QUIT_LIMIT;
    };
  }
}
