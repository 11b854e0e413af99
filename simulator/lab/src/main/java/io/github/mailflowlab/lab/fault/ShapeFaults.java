package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.TAKE;
import static io.github.mailflowlab.lab.smtp.Action.dripped;
import static io.github.mailflowlab.lab.smtp.Action.flood;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Replies in odd or illegal form (failure-catalogue 7). */
final class ShapeFaults {
  private static final Set<Stage> REPLIES =
      Set.of(Stage.EHLO, Stage.STARTTLS, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT, Stage.QUIT);

  /** EHLO's lines are more than text: they name the host and what it can do (RFC 5321 4.1.1.1). */
  private static final Set<Stage> TEXTS =
      Set.of(Stage.STARTTLS, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT, Stage.QUIT);

  /** Where the text means nothing to anybody. */
  private static final Set<Stage> FREE_TEXTS = Set.of(Stage.MAIL, Stage.RCPT, Stage.DOT);

  private static final Duration PIECES_APART = Duration.ofMillis(1);

  /**
   * Where the order of replies matters: those to BDAT look like those to RCPT, so that no client
   * which pipelines them could tell.
   */
  private static final HostBehaviour WITH_DATA = HEALTHY.without("CHUNKING");

  private ShapeFaults() {}

  static List<Fault> rows() {
    return List.of(
        shape("shape.bare-lf", REPLIES, text -> text.replace("\r\n", "\n")),
        shape("shape.bare-cr", REPLIES, text -> text.replace("\r\n", "\r")),
        shape("shape.no-eol", REPLIES, text -> text.stripTrailing()),
        shape("shape.code-only", TEXTS, text -> code(text) + "\r\n"),
        shape("shape.no-separator", REPLIES, text -> code(text) + "ok\r\n"),
        smtp("shape.mixed-codes", Stage.EHLO, say("250-Hello", "550 Go away")),
        smtp("shape.out-of-range", Stage.EHLO, say("600 Hello")),
        smtp("shape.long-line", Stage.EHLO, say("250 " + "x".repeat(100_000))),
        smtp("shape.endless", Stage.EHLO, flood("250-And another thing\r\n".repeat(100))),
        shape("shape.binary", FREE_TEXTS, text -> text.replace("\r\n", " \0\u00ff\u001b[31m\r\n")),
        host("shape.extra", WITH_DATA.with(Stage.MAIL, OBEY.then(say("250 2.0.0 And once more")))),
        smtp("shape.missing", Stage.RCPT, TAKE),
        host("shape.disorder", dataFirst()),
        smtp("shape.contradiction", Stage.RCPT, say("550 4.2.0 Not now")),
        host("shape.glued", HEALTHY),
        host("shape.split", HEALTHY.with(REPLIES, dripped(PIECES_APART))));
  }

  private static Fault shape(String id, Set<Stage> stages, UnaryOperator<String> wording) {
    return host(id, HEALTHY.with(stages, reworded(wording)));
  }

  /** Answers DATA, and then the recipients. */
  private static HostBehaviour dataFirst() {
    Action overdue =
        turn -> {
          for (int i = 0; i < turn.situation().recipients(); i++) {
            say("250 2.1.5 Recipient OK").perform(turn);
          }
        };
    return HEALTHY.without("CHUNKING").with(Stage.RCPT, TAKE).with(Stage.DATA, OBEY.then(overdue));
  }

  private static String code(String reply) {
    return reply.substring(0, 3);
  }
}
