package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.status.SmtpReply;

/** The failures of ladder row 5 with Exchange's own words (exchange-online-behaviour 1.4). */
final class TlsFailures {
  private static final String NEGOTIATION = "451 4.4.0 TLS negotiation failed with error ";
  private static final String ILLEGAL_MESSAGE = "451 4.4.0 Security status IllegalMessage";

  private TlsFailures() {}

  /** TLS did not come up. */
  static Failure of(Stage stage, TlsProblem problem) {
    return new Failure.Tls(stage, problem, detail(problem));
  }

  /** TLS came up and broke before the reply to EHLO. */
  static Failure session(TlsProblem how) {
    return new Failure.Tls(Stage.EHLO, TlsProblem.SESSION, detail(how));
  }

  /** TLS came up, and EHLO was refused inside it; the reply says more than any word of ours. */
  static Failure refusedInTls(SmtpReply reply) {
    return new Failure.Tls(Stage.EHLO, TlsProblem.SESSION, reply.toString());
  }

  private static String detail(TlsProblem problem) {
    return switch (problem) {
      case NOT_OFFERED, REFUSED -> "451 5.7.3 STARTTLS is required to send mail";
      case INJECTED, HANDSHAKE, SESSION -> ILLEGAL_MESSAGE;
      case CLOSED -> NEGOTIATION + "ConnectionAborted";
      case RESET -> NEGOTIATION + "SocketError";
      case SILENT -> NEGOTIATION + "TimedOut";
    };
  }
}
