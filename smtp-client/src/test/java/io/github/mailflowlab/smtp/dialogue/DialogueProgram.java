package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.SmtpReply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A dialogue, a character for each event, and what must hold after every one of them. Those events
 * are left out that only the side of the dialogue can bring about wrongly: a message begun before
 * the session is ready.
 *
 * <pre>
 *   0 220  2 250  3 354  4 450  5 550  1 421  6 452 4.5.3  7 334  8 454
 *   y 220 with our own name
 *   h EHLO's reply with all extensions; without: p PIPELINING, c CHUNKING, b STARTTLS, k the rest
 *   + the next reply is followed by more    ! the next reply began too early
 *   t timeout  x FIN  r RST  n nonsense  u TLS up  f TLS failed  a certificate accepted  j rejected
 *   s content sent  w content unfit  v content unreadable  o own trouble  m next message  q QUIT
 * </pre>
 */
final class DialogueProgram {
  private static final String EVENTS = "022233h451678hpcbk+!txrnufajswvomqy";

  private static final String[] EXTENSIONS = {
    "x", "STARTTLS", "PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 1000"
  };

  private final SmtpDialogue dialogue;
  private final DialogueWitness witness;
  private final Order.Mail mail;
  private boolean followed;
  private boolean early;

  /**
   * Begins.
   *
   * @param recipients how many; none for a connectivity check
   */
  DialogueProgram(TlsSettings settings, boolean mayUseTls, int recipients) {
    this.mail = mail(Math.max(1, recipients));
    Order order =
        new Order(
            "client.example",
            settings,
            mayUseTls,
            Optional.of(mail).filter(some -> recipients > 0),
            Timeouts.DEFAULT);
    this.dialogue = new SmtpDialogue(order);
    this.witness = new DialogueWitness(order);
    saw(dialogue.onConnected());
  }

  /** Every octet is some event; those that stand for one in the table above are that one. */
  static char eventOf(byte octet) {
    char letter = (char) (octet & 0xff);
    return EVENTS.indexOf(letter) >= 0 ? letter : EVENTS.charAt(letter % EVENTS.length());
  }

  void happen(char event) {
    switch (event) {
      case '0' -> reply(SmtpReply.of(220, "hello"));
      case '1' -> reply(SmtpReply.of(421, "4.3.2 bye"));
      case '2' -> reply(SmtpReply.of(250, "2.0.0 ok"));
      case '3' -> reply(SmtpReply.of(354, "go"));
      case '4' -> reply(SmtpReply.of(450, "4.2.1 later"));
      case '5' -> reply(SmtpReply.of(550, "5.1.1 never"));
      case '6' -> reply(SmtpReply.of(452, "4.5.3 too many"));
      case '7' -> reply(SmtpReply.of(334, "what"));
      case '8' -> reply(SmtpReply.of(454, "4.7.0 no TLS"));
      case 'y' -> reply(SmtpReply.of(220, "client.example"));
      case 'h' -> reply(SmtpReply.of(250, EXTENSIONS));
      case 'p' -> reply(without("PIPELINING"));
      case 'c' -> reply(without("CHUNKING"));
      case 'b' -> reply(without("STARTTLS"));
      case 'k' -> reply(SmtpReply.of(250, "x", "STARTTLS", "PIPELINING", "CHUNKING"));
      case '+' -> followed = true;
      case '!' -> early = true;
      case 't' -> saw(dialogue.onTimeout());
      case 'x' -> saw(dialogue.onClosed(false));
      case 'r' -> saw(dialogue.onClosed(true));
      case 'n' -> saw(dialogue.onNonsense("noise"));
      case 'u' -> {
        witness.tlsUp();
        saw(dialogue.onTlsUp());
      }
      case 'f' -> saw(dialogue.onTlsFailed(TlsProblem.HANDSHAKE));
      case 'a' -> {
        witness.certificateAccepted();
        saw(dialogue.onCertificateJudged(Optional.empty()));
      }
      case 'j' -> saw(dialogue.onCertificateJudged(Optional.of(rejected())));
      case 's' -> {
        witness.contentSent();
        saw(dialogue.onContentSent());
      }
      case 'w' -> saw(dialogue.onContentUnfit("a bare LF"));
      case 'v' -> saw(dialogue.onContentUnreadable("damaged"));
      case 'o' -> saw(dialogue.onOwnTrouble("cancelled"));
      case 'm' -> beginNext();
      case 'q' -> saw(dialogue.quit());
      default -> throw new AssertionError(event);
    }
  }

  /** The peer goes, so the dialogue ends, whatever it was about to do. */
  void end() {
    saw(dialogue.onClosed(false));
    witness.requireEnd();
  }

  private void beginNext() {
    if (dialogue.isReady()) {
      witness.begins(mail);
      saw(dialogue.begin(mail));
    }
  }

  private void reply(SmtpReply reply) {
    witness.replied(reply, early);
    saw(early ? dialogue.onEarlyReply(reply) : dialogue.onReply(reply, followed));
    early = false;
    followed = false;
  }

  private void saw(List<Action> actions) {
    actions.forEach(witness::saw);
    witness.requireAWait(dialogue.isReady());
    assertThat(dialogue.owed()).isNotNegative();
    assertThat(dialogue.stage()).isNotNull();
  }

  private static SmtpReply without(String extension) {
    List<String> lines = List.of(EXTENSIONS);
    return new SmtpReply(250, lines.stream().filter(line -> !line.equals(extension)).toList());
  }

  private static Failure rejected() {
    return new Failure.CertificateRejected(CertificateProblem.NAME_MISMATCH, "SubjectMismatch");
  }

  private static Order.Mail mail(int recipients) {
    List<Mailbox> to =
        IntStream.range(0, recipients).mapToObj(i -> Mailbox.of("r" + i + "@b.example")).toList();
    return new Order.Mail(new Envelope(ReversePath.NULL, to, BodyType.SEVEN_BIT), 100);
  }
}
