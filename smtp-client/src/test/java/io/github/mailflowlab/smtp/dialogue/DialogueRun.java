package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.smtp.dialogue.Outcome.Sequel;
import io.github.mailflowlab.smtp.wire.ReplyDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the server's part of a script, and writes down the whole as it really went. */
final class DialogueRun {
  private final SmtpDialogue dialogue;
  private final List<Mailbox> recipients;
  private final ReplyDecoder decoder = new ReplyDecoder();
  private final Optional<Order.Mail> mail;
  private final boolean keep;
  private final List<String> written = new ArrayList<>();

  DialogueRun(Order order) {
    this(order, false);
  }

  /**
   * Begins.
   *
   * @param keep whether the session is kept after a message rather than ended
   */
  DialogueRun(Order order, boolean keep) {
    this.dialogue = new SmtpDialogue(order);
    this.mail = order.mail();
    this.recipients = order.mail().map(mail -> mail.envelope().recipients()).orElse(List.of());
    this.keep = keep;
    note(dialogue.onConnected());
  }

  /** What happened, in the form of a script. */
  List<String> written() {
    return written;
  }

  /** The server's octets, so many at a time. */
  void say(String line, int atOnce) {
    written.add("S: " + line);
    byte[] octets = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i += atOnce) {
      ByteBuf some = Unpooled.wrappedBuffer(octets, i, Math.min(atOnce, octets.length - i));
      decoder.decode(some).ifPresent(this::onDecoded);
    }
  }

  void happen(String event) {
    written.add("! " + event);
    note(
        switch (event) {
          case "closed" -> dialogue.onClosed(false);
          case "reset" -> dialogue.onClosed(true);
          case "timeout" -> dialogue.onTimeout();
          case "nonsense" -> dialogue.onNonsense("noise");
          case "content sent" -> dialogue.onContentSent();
          case "next message" -> dialogue.begin(mail.orElseThrow());
          case "quit" -> dialogue.quit();
          case "content unfit" -> dialogue.onContentUnfit("unfit");
          case "tls up" -> dialogue.onTlsUp();
          case "tls failed" -> dialogue.onTlsFailed(TlsProblem.HANDSHAKE);
          case "certificate accepted" -> dialogue.onCertificateJudged(Optional.empty());
          case "certificate rejected" ->
              dialogue.onCertificateJudged(
                  Optional.of(
                      new Failure.CertificateRejected(
                          CertificateProblem.NAME_MISMATCH, "SubjectMismatch")));
          default -> throw new AssertionError(event);
        });
  }

  private void onDecoded(ReplyDecoder.Decoded decoded) {
    note(
        decoded instanceof ReplyDecoder.Decoded.Complete complete
            ? dialogue.onReply(complete.reply())
            : dialogue.onNonsense("script"));
  }

  private void note(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        written.add("C: " + send.command());
      } else if (action instanceof Action.StartTls) {
        written.add("C: (handshake)");
      } else if (action instanceof Action.JudgeCertificate) {
        written.add("C: (judges certificate)");
      } else if (action instanceof Action.SendContent content) {
        written.add(content.dotted() ? "C: (content)" : "C: (chunk)");
      } else if (action instanceof Action.Conclude conclude) {
        note(conclude.outcome());
        if (dialogue.isReady() && !keep) {
          note(dialogue.quit());
        }
      } else if (action instanceof Action.Close) {
        written.add("C: (closes)");
      }
    }
  }

  private void note(Outcome outcome) {
    for (Mailbox recipient : recipients) {
      if (outcome.delivered().containsKey(recipient)) {
        written.add("= " + recipient + " delivered " + outcome.delivered().get(recipient));
      }
      if (outcome.refused().containsKey(recipient)) {
        written.add("= " + recipient + " " + told(outcome.refused().get(recipient)));
      }
    }
    if (outcome.dsnPassedOn() && !outcome.delivered().isEmpty()) {
      written.add("= reports are the peer's");
    }
    outcome.failure().ifPresent(failure -> written.add("= failure " + told(failure)));
    if (outcome.sequel() != Sequel.NONE) {
      written.add("= sequel " + outcome.sequel());
    }
  }

  static String told(Failure failure) {
    String type = failure.getClass().getSimpleName();
    return type + " " + failure.stage().id() + " " + failure.detail();
  }
}
