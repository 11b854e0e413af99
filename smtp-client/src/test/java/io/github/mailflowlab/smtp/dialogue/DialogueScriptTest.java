package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every script goes as written, whole and byte by byte. */
final class DialogueScriptTest {
  private static final ReversePath ALICE = ReversePath.of(Mailbox.of("alice@sender.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all-recipients-refused",
        "closing-service",
        "connectivity-check",
        "delivers-in-clear",
        "early-negative-reply",
        "eight-bits-not-offered",
        "eight-bits-offered",
        "mixed-recipients",
        "only-helo",
        "refused-content",
        "tls-certificate-rejected",
        "tls-handshake-failed-opportunistic",
        "tls-not-offered",
        "tls-refused-opportunistic",
        "tls-with-certificate"
      })
  void goesAsWritten(String name) {
    DialogueScript script = DialogueScript.read(name);
    for (int atOnce : new int[] {Integer.MAX_VALUE / 2, 1, 2, 5}) {
      assertThat(play(script, atOnce)).isEqualTo(script.lines());
    }
  }

  private static List<String> play(DialogueScript script, int atOnce) {
    DialogueRun run = new DialogueRun(order(script));
    for (String line : script.lines()) {
      if (line.startsWith("S: ")) {
        run.say(line.substring(3), atOnce);
      } else if (line.startsWith("! ")) {
        run.happen(line.substring(2));
      }
    }
    return run.written();
  }

  private static Order order(DialogueScript script) {
    Optional<Order.Mail> mail =
        script.recipients().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Order.Mail(new Envelope(ALICE, script.recipients(), script.bodyType()), 100));
    return new Order("client.example", script.settings(), true, mail, Timeouts.DEFAULT);
  }
}
