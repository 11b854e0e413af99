package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.TAKE;
import static io.github.mailflowlab.lab.smtp.Action.say;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** From MAIL on (failure-catalogue 6). */
final class TransactionFaults {
  private static final Action BUSY = say("450 4.2.1 Mailbox busy");
  private static final Action UNKNOWN = say("550 5.1.1 User unknown");

  private TransactionFaults() {}

  static List<Fault> rows() {
    Stream<Fault> replies =
        Stream.of(
            smtp("smtp.mail.4yz", Stage.MAIL, say("451 4.3.0 Try again later")),
            smtp("smtp.mail.5yz", Stage.MAIL, say("550 5.7.1 Sender refused")),
            smtp("smtp.rcpt.4yz", Stage.RCPT, BUSY),
            smtp("smtp.rcpt.5yz", Stage.RCPT, UNKNOWN),
            smtp("smtp.rcpt.mixed", Stage.RCPT, byLocalPart()),
            smtp("smtp.data.4yz", Stage.DATA, say("451 4.3.0 Try again later")),
            smtp("smtp.data.5yz", Stage.DATA, say("554 5.7.1 No data wanted")),
            smtp("smtp.body.drop", Stage.BODY, END),
            smtp("smtp.dot.4yz", Stage.DOT, say("452 4.3.1 Disk full")),
            smtp("smtp.dot.5yz", Stage.DOT, say("554 5.6.0 Content refused")),
            smtp("smtp.dot.drop-accepted", Stage.DOT, TAKE.then(END)),
            smtp("smtp.dot.drop-lost", Stage.DOT, END),
            smtp("smtp.quit.drop", Stage.QUIT, END),
            smtp("smtp.quit.stall", Stage.QUIT, HUSH),
            smtp("smtp.421-anytime", Stage.MAIL, say("421 4.3.2 Shutting down").then(END)));
    return Stream.of(
            replies,
            atEachStage("stall", HUSH),
            atEachStage("drop", END),
            atEachStage("rst", RESET))
        .flatMap(rows -> rows)
        .toList();
  }

  private static Stream<Fault> atEachStage(String name, Action action) {
    return Stream.of(Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT)
        .map(stage -> smtp("smtp." + name + "." + stage.id(), stage, action));
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
