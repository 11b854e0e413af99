package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.IGNORE;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.TAKE;
import static io.github.mailflowlab.lab.smtp.Action.either;
import static io.github.mailflowlab.lab.smtp.Action.pause;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** From MAIL on (failure-catalogue 6). */
final class TransactionFaults {
  private static final Action BUSY = say("450 4.2.1 Mailbox busy");
  private static final Action UNKNOWN = say("550 5.1.1 User unknown");
  private static final Action FULL = say("452 4.5.3 Too many recipients");
  private static final Action TOO_BIG = say("552 5.3.4 Message too big");

  private static final int MOST_RECIPIENTS = 2;
  private static final int MOST_MESSAGES = 2;

  /** For the kernel to deliver what was sent, which a reset may overtake. */
  private static final Duration SOON = Duration.ofMillis(100);

  private TransactionFaults() {}

  static List<Fault> rows() {
    Stream<Fault> replies =
        Stream.of(
            smtp("smtp.mail.4yz", Stage.MAIL, say("451 4.3.0 Try again later")),
            smtp("smtp.mail.5yz", Stage.MAIL, say("550 5.7.1 Sender refused")),
            smtp("smtp.rcpt.4yz", Stage.RCPT, BUSY),
            smtp("smtp.rcpt.5yz", Stage.RCPT, UNKNOWN),
            smtp("smtp.rcpt.mixed", Stage.RCPT, byLocalPart()),
            smtp("smtp.rcpt.limit", Stage.RCPT, either(TransactionFaults::isFull, FULL, OBEY)),
            smtp("smtp.auth-demanded", Stage.MAIL, say("530 5.7.0 Authentication required")),
            host("smtp.size", HEALTHY.with(Stage.MAIL, bySize()).with(Stage.DOT, TOO_BIG)),
            smtp("smtp.data.4yz", Stage.DATA, say("451 4.3.0 Try again later")),
            smtp("smtp.data.5yz", Stage.DATA, say("554 5.7.1 No data wanted")),
            smtp("smtp.data.250", Stage.DATA, theOther()),
            smtp("smtp.body.drop", Stage.BODY, END),
            host("smtp.body.early-reply", refusesEarly()),
            smtp("smtp.dot.4yz", Stage.DOT, say("452 4.3.1 Disk full")),
            smtp("smtp.dot.5yz", Stage.DOT, say("554 5.6.0 Content refused")),
            smtp("smtp.dot.drop-accepted", Stage.DOT, TAKE.then(END)),
            smtp("smtp.dot.drop-lost", Stage.DOT, END),
            smtp("smtp.dot.late", Stage.DOT, pause(Fault.LATE).then(OBEY)),
            smtp("smtp.dot.250-then-rst", Stage.DOT, OBEY.then(pause(SOON)).then(RESET)),
            smtp("smtp.quit.drop", Stage.QUIT, END),
            smtp("smtp.quit.stall", Stage.QUIT, HUSH),
            smtp("smtp.421-anytime", Stage.MAIL, say("421 4.3.2 Shutting down").then(END)));
    return Stream.of(
            replies,
            atEachStage("stall", HUSH),
            atEachStage("drop", END),
            atEachStage("rst", RESET),
            quotas())
        .flatMap(rows -> rows)
        .toList();
  }

  private static Stream<Fault> atEachStage(String name, Action action) {
    return Stream.of(
            Stage.EHLO,
            Stage.MAIL,
            Stage.RCPT,
            Stage.DATA,
            Stage.BODY,
            Stage.DOT,
            Stage.RSET,
            Stage.QUIT)
        .map(stage -> smtp("smtp." + name + "." + stage.id(), stage, action));
  }

  private static Stream<Fault> quotas() {
    return Stream.of(
        smtp(
            "smtp.session.max-messages",
            Stage.MAIL,
            either(
                turn -> turn.situation().storedInSession() >= MOST_MESSAGES,
                say("421 4.7.0 Enough for one connection").then(END),
                OBEY)),
        smtp(
            "smtp.rate",
            Stage.MAIL,
            either(
                turn -> turn.situation().storedLately() >= MOST_MESSAGES,
                say("451 4.7.0 Too many messages a minute"),
                OBEY)));
  }

  private static boolean isFull(Turn turn) {
    return turn.situation().recipients() >= MOST_RECIPIENTS;
  }

  /** A client that says the size is told at once; any other after the content. */
  private static Action bySize() {
    return either(
        turn -> turn.command().toUpperCase(Locale.ROOT).contains(" SIZE="), TOO_BIG, OBEY);
  }

  /** 250 instead of 354, and 354 instead of 250 where there is no DATA. */
  private static Action theOther() {
    return either(TransactionFaults::isBdat, say("354 Go ahead"), say("250 2.0.0 OK"));
  }

  /** 552 while the content is still on its way, and nothing more at its end. */
  private static HostBehaviour refusesEarly() {
    return HEALTHY
        .with(Stage.BODY, TOO_BIG)
        .with(Stage.DATA, either(TransactionFaults::isBdat, IGNORE, OBEY))
        .with(Stage.DOT, IGNORE);
  }

  private static boolean isBdat(Turn turn) {
    return turn.command().regionMatches(true, 0, "BDAT", 0, 4);
  }

  /** {@code defer...} is deferred, {@code unknown...} refused, anybody else accepted. */
  private static Action byLocalPart() {
    return turn -> {
      String command = turn.command().toLowerCase(Locale.ROOT);
      Action other = command.contains("<unknown") ? UNKNOWN : OBEY;
      (command.contains("<defer") ? BUSY : other).perform(turn);
    };
  }
}
