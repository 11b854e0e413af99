package io.github.mailflowlab.lab.order;

import static io.github.mailflowlab.lab.smtp.Action.say;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Faults that a recipient's local part asks for, so that a sender chooses them mail by mail. The
 * form is {@code [data-|dot-]fault[+anything]}: without a stage it is RCPT. Everybody else is
 * served as ever.
 */
public final class AddressFaults {
  private static final Duration SLOW = Duration.ofSeconds(2);

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(data|dot)-)?(tempfail|permfail|timeout|close|reset|slow|lose"
              + "|([45][0-5]\\d)(?:-([45]\\.\\d{1,3}\\.\\d{1,3}))?)(?:\\+.*)?");

  private AddressFaults() {}

  /** The same host, which looks at the addresses of its recipients. */
  public static HostBehaviour at(HostBehaviour host) {
    return host.with(Stage.RCPT, askedFor(Stage.RCPT))
        .with(Stage.DATA, askedFor(Stage.DATA))
        .with(Stage.DOT, askedFor(Stage.DOT));
  }

  private static Action askedFor(Stage stage) {
    return turn -> {
      Optional<Action> asked = fault(turn, stage);
      if (asked.isPresent()) {
        turn.fault("address");
      }
      asked.orElse(Action.OBEY).perform(turn);
    };
  }

  /** The first recipient's who asks for one there. */
  private static Optional<Action> fault(Turn turn, Stage stage) {
    List<String> recipients = turn.dealing().recipients();
    return recipients.stream().flatMap(path -> fault(path, stage).stream()).findFirst();
  }

  private static Optional<Action> fault(String path, Stage stage) {
    int at = path.lastIndexOf('@');
    Matcher matcher =
        FORM.matcher((at < 0 ? path : path.substring(0, at)).toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String word = matcher.group(2);
    boolean isHere =
        stage.id().equals(Optional.ofNullable(matcher.group(1)).orElse(standardStage(word)));
    return isHere
        ? Optional.of(action(word, matcher.group(3), matcher.group(4), stage))
        : Optional.empty();
  }

  private static String standardStage(String word) {
    return (word.equals("lose") ? Stage.DOT : Stage.RCPT).id();
  }

  private static Action action(
      String word, @Nullable String code, @Nullable String status, Stage stage) {
    return switch (word) {
      case "tempfail" -> say("451 4.3.0 Not now, as this address asks");
      case "permfail" -> say("554 5.3.0 Never, as this address asks");
      case "timeout" -> Action.HUSH;
      case "close" -> Action.END;
      case "reset" -> Action.RESET;
      case "slow" -> Action.pause(SLOW).then(Action.OBEY);
      // Before the end there is nothing to lose.
      case "lose" -> stage == Stage.DOT ? Action.TAKE.then(Action.END) : Action.END;
      default -> reply(String.valueOf(code), status);
    };
  }

  private static Action reply(String code, @Nullable String status) {
    Action said = say(code + (status == null ? "" : " " + status) + " As this address asks");
    return code.equals("421") ? said.then(Action.END) : said;
  }
}
