package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every script goes as written, whole and byte by byte. */
final class DialogueScriptTest {
  private static final ReversePath ALICE = ReversePath.of(Mailbox.of("alice@sender.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all-recipients-refused",
        "chunk-refused-then-reset",
        "chunked",
        "chunked-one-at-a-time",
        "closing-service",
        "connectivity-check",
        "content-unfit",
        "delivers-in-clear",
        "early-negative-reply",
        "eight-bits-not-offered",
        "eight-bits-offered",
        "kept-and-dead",
        "kept-and-silent-in-content",
        "kept-and-used-up",
        "mixed-recipients",
        "only-helo",
        "ourselves",
        "ourselves-checked",
        "pipelined",
        "pipelined-decided-before-the-end",
        "pipelined-nobody-but-354",
        "pipelined-out-of-step",
        "pipelined-out-of-turn",
        "pipelined-out-of-turn-at-mail",
        "pipelined-sender-refused",
        "refused-content",
        "reports-asked-for",
        "reports-not-known",
        "tls-certificate-rejected",
        "tls-handshake-failed-opportunistic",
        "tls-not-offered",
        "tls-refused-opportunistic",
        "tls-with-certificate",
        "too-many-recipients",
        "too-many-recipients-at-once",
        "utf8",
        "utf8-header-not-offered",
        "utf8-not-offered"
      })
  void goesAsWritten(String name) {
    DialogueScript script = DialogueScript.read(name);
    for (int atOnce : new int[] {Integer.MAX_VALUE / 2, 1, 2, 5}) {
      assertThat(play(script, atOnce)).isEqualTo(script.lines());
    }
  }

  private static List<String> play(DialogueScript script, int atOnce) {
    DialogueRun run = new DialogueRun(order(script), script.has("keep"));
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
            : Optional.of(new Order.Mail(envelope(script), 100));
    return new Order("client.example", script.settings(), true, mail, Timeouts.DEFAULT);
  }

  private static Envelope envelope(DialogueScript script) {
    DsnRequest dsn =
        new DsnRequest(
            Optional.of(ReturnContent.HDRS),
            EnvelopeId.parse("QQ+2B1"),
            Map.of(
                script.recipients().get(0),
                new RecipientDsn(
                    Set.of(Notify.FAILURE, Notify.SUCCESS),
                    OriginalRecipient.parse("rfc822;x@y.example"))));
    return new Envelope(
        ALICE,
        script.recipients(),
        script.bodyType(),
        script.has("utf8"),
        script.has("dsn") ? dsn : DsnRequest.NONE);
  }
}
