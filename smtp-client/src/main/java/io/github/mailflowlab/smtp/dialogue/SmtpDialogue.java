package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.smtp.dialogue.Outcome.Sequel;
import io.github.mailflowlab.status.SmtpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection's worth of SMTP, without I/O: every event answers with the actions it asks for.
 * Two methods carry it, {@link #enter} says what to send and {@link #onReply} what an answer means;
 * the others say what a missing answer means (failure-catalogue 1.1).
 *
 * <p>Whatever happens, {@link Action.Conclude} comes exactly once, and the reply to the final dot
 * is the last thing that can matter: a peer that answers it with 2yz and then resets has taken the
 * message. Before that reply nothing counts as delivered, so a connection that ends within DOT may
 * have delivered all the same, and the next attempt makes a duplicate (RFC 1047); the other choice
 * would be to lose mail.
 *
 * <p>Rules that hold at every point: MAIL is never sent in clear when TLS is demanded; what was
 * learned from EHLO before TLS is forgotten with TLS; row 5 of the ladder is a failure only where
 * TLS is demanded, otherwise it leads to one connection in clear.
 *
 * <p>One command waits for its reply before the next is sent. Confined to the connection's thread;
 * once CLOSED, events have no effect.
 */
public final class SmtpDialogue {
  private final Order order;
  private final Transaction transaction;
  private Phase phase = Phase.GREETING;
  private Capabilities capabilities = Capabilities.NONE;
  private boolean established;
  private boolean inTls;
  private boolean concluded;

  public SmtpDialogue(Order order) {
    this.order = order;
    this.transaction = new Transaction(order.mail());
  }

  /** Where the dialogue stands, in the words of a report. */
  public Stage stage() {
    return phase.stage();
  }

  /** TCP is up: the peer speaks first. */
  public List<Action> onConnected() {
    return List.of(await());
  }

  /** One well-formed reply. */
  public List<Action> onReply(SmtpReply reply) {
    return switch (phase) {
      case GREETING -> reply.isPositive() ? enter(Phase.EHLO) : refusedBy(reply);
      case EHLO -> onEhloReply(reply);
      case HELO -> reply.isPositive() ? onSession(Capabilities.NONE) : refusedBy(reply);
      case STARTTLS -> onStartTlsReply(reply);
      case HANDSHAKE, CERTIFICATE -> onNonsense("a reply to nothing: " + reply.code());
      case EHLO_IN_TLS -> onEhloInTlsReply(reply);
      case MAIL -> reply.isPositive() ? nextRecipient() : refusedBy(reply);
      case RCPT -> onRecipientReply(reply);
      case DATA -> reply.code() == 354 ? enter(Phase.CONTENT) : refusedBy(reply);
      case CONTENT -> conclude(negative(reply), false);
      case DOT -> reply.isPositive() ? onDelivered(reply) : refusedBy(reply);
      case QUIT -> enter(Phase.CLOSED);
      case CLOSED -> List.of();
    };
  }

  /**
   * A reply that began before the command was sent which it would answer. A server that shuts down
   * may say so at any time (RFC 5321 3.8); anything else means that replies and commands no longer
   * belong together.
   */
  public List<Action> onEarlyReply(SmtpReply reply) {
    boolean meant = reply.code() == 421 || phase == Phase.CONTENT || phase == Phase.QUIT;
    return meant ? onReply(reply) : onNonsense("a reply to nothing: " + reply.code());
  }

  /** What came is no SMTP. */
  public List<Action> onNonsense(String what) {
    if (phase == Phase.STARTTLS) {
      return tlsFailed(TlsProblem.HANDSHAKE, false);
    }
    if (phase.isTlsComingUp()) {
      return conclude(TlsFailures.session(TlsProblem.SESSION), false);
    }
    return conclude(new Failure.Nonsense(phase.stage(), established, what), false);
  }

  /** The wait that was asked for is over. */
  public List<Action> onTimeout() {
    return switch (phase) {
      case STARTTLS, HANDSHAKE -> tlsFailed(TlsProblem.SILENT, false);
      case CERTIFICATE -> onOwnTrouble("The certificate was not judged within " + limit());
      case EHLO_IN_TLS -> conclude(TlsFailures.session(TlsProblem.SILENT), false);
      default -> conclude(new Failure.Silence(phase.stage(), established, limit()), false);
    };
  }

  /**
   * The peer ended the connection.
   *
   * @param reset by RST, or found broken while writing, rather than by FIN or close_notify
   */
  public List<Action> onClosed(boolean reset) {
    return switch (phase) {
      case STARTTLS, HANDSHAKE -> tlsFailed(reset ? TlsProblem.RESET : TlsProblem.CLOSED, false);
      case CERTIFICATE, EHLO_IN_TLS ->
          conclude(
              reset
                  ? TlsFailures.session(TlsProblem.RESET)
                  : new Failure.Vanished(Stage.EHLO, established, false),
              false);
      default -> conclude(new Failure.Vanished(phase.stage(), established, reset), false);
    };
  }

  /** The handshake is done. What EHLO said before is forgotten (RFC 3207 4.2). */
  public List<Action> onTlsUp() {
    if (phase != Phase.HANDSHAKE) {
      return List.of();
    }
    inTls = true;
    capabilities = Capabilities.NONE;
    return enter(
        order.tlsSettings().validatesCertificate() ? Phase.CERTIFICATE : Phase.EHLO_IN_TLS);
  }

  /** The handshake failed, or TLS broke later on. */
  public List<Action> onTlsFailed(TlsProblem problem) {
    if (phase == Phase.HANDSHAKE) {
      return tlsFailed(problem, false);
    }
    return onNonsense("TLS broke");
  }

  /** The verdict on the certificate; empty when it is acceptable. */
  public List<Action> onCertificateJudged(Optional<Failure> verdict) {
    if (phase != Phase.CERTIFICATE) {
      return List.of();
    }
    return verdict
        .map(failure -> conclude(failure, false))
        .orElseGet(() -> enter(Phase.EHLO_IN_TLS));
  }

  /** Content and final dot are out. */
  public List<Action> onContentSent() {
    return phase == Phase.CONTENT ? enter(Phase.DOT) : List.of();
  }

  /** We cannot go on, through no fault of the peer: content unreadable, cancelled. */
  public List<Action> onOwnTrouble(String why) {
    return conclude(new Failure.OwnExhaustion(phase.stage(), why), false);
  }

  private List<Action> onEhloReply(SmtpReply reply) {
    if (reply.isPositive()) {
      return onSession(Capabilities.of(reply));
    }
    return reply.isPermanent() ? enter(Phase.HELO) : refusedBy(reply);
  }

  /** EHLO or HELO was answered in clear. */
  private List<Action> onSession(Capabilities offered) {
    established = true;
    capabilities = offered;
    if (order.mayUseTls() && offered.offers("STARTTLS")) {
      return enter(Phase.STARTTLS);
    }
    return order.tlsSettings().demandsTls()
        ? conclude(TlsFailures.of(Stage.STARTTLS, TlsProblem.NOT_OFFERED), true)
        : beginTransaction();
  }

  private List<Action> onStartTlsReply(SmtpReply reply) {
    if (reply.isPositive()) {
      return enter(Phase.HANDSHAKE);
    }
    if (reply.isIntermediate()) {
      return onNonsense("reply " + reply.code());
    }
    if (reply.code() == 421) {
      return refusedBy(reply);
    }
    return order.tlsSettings().demandsTls()
        ? tlsFailed(TlsProblem.REFUSED, true)
        : beginTransaction();
  }

  private List<Action> onEhloInTlsReply(SmtpReply reply) {
    if (reply.isPositive()) {
      capabilities = Capabilities.of(reply);
      return beginTransaction();
    }
    return reply.code() == 421 ? refusedBy(reply) : conclude(TlsFailures.refusedInTls(reply), true);
  }

  private List<Action> beginTransaction() {
    if (order.mail().isEmpty()) {
      return conclude(Optional.empty(), Sequel.NONE, true);
    }
    return transaction
        .unsendable(capabilities)
        .map(failure -> conclude(Optional.of(failure), Sequel.NONE, true))
        .orElseGet(() -> enter(Phase.MAIL));
  }

  private List<Action> onRecipientReply(SmtpReply reply) {
    if (reply.isIntermediate() || reply.code() == 421) {
      return refusedBy(reply);
    }
    if (reply.isPositive()) {
      transaction.accept();
    } else {
      transaction.refuse(negative(reply));
    }
    return nextRecipient();
  }

  private List<Action> nextRecipient() {
    if (transaction.advance()) {
      return enter(Phase.RCPT);
    }
    return transaction.hasAccepted()
        ? enter(Phase.DATA)
        : conclude(Optional.empty(), Sequel.NONE, true);
  }

  private List<Action> onDelivered(SmtpReply reply) {
    transaction.deliver(reply);
    return conclude(Optional.empty(), Sequel.NONE, true);
  }

  /** What to send in a phase. */
  private List<Action> enter(Phase next) {
    assert next.compareTo(phase) > 0 || (next == Phase.RCPT && phase == Phase.RCPT)
        : phase + " to " + next;
    phase = next;
    return switch (next) {
      case GREETING -> throw new IllegalStateException("a dialogue begins once");
      case EHLO, EHLO_IN_TLS -> say("EHLO " + order.heloName());
      case HELO -> say("HELO " + order.heloName());
      case STARTTLS -> say("STARTTLS");
      case HANDSHAKE -> List.of(await(), new Action.StartTls());
      case CERTIFICATE -> List.of(await(), new Action.JudgeCertificate());
      case MAIL -> sayMail();
      case RCPT -> say(transaction.rcptCommand());
      case DATA -> say("DATA");
      case CONTENT -> List.of(new Action.SendContent());
      case DOT -> List.of(await());
      case QUIT -> say("QUIT");
      case CLOSED -> List.of(new Action.Close());
    };
  }

  /** The guard that no bug elsewhere can get round. */
  private List<Action> sayMail() {
    if (order.tlsSettings().demandsTls() && !inTls) {
      throw new IllegalStateException("MAIL in clear under " + order.tlsSettings());
    }
    return say(transaction.mailCommand(capabilities));
  }

  private List<Action> say(String command) {
    return List.of(new Action.Send(command), await());
  }

  private Action await() {
    return new Action.Await(limit());
  }

  private Duration limit() {
    return phase.limit(order.timeouts());
  }

  /** Ends with a reply that is not the one hoped for; after 421 the peer is gone already. */
  private List<Action> refusedBy(SmtpReply reply) {
    Failure failure = negative(reply);
    return conclude(failure, failure instanceof Failure.Replied && reply.code() != 421);
  }

  private Failure negative(SmtpReply reply) {
    return reply.isTransient() || reply.isPermanent()
        ? new Failure.Replied(phase.stage(), reply, false)
        : new Failure.Nonsense(phase.stage(), established, "reply " + reply.code());
  }

  private List<Action> tlsFailed(TlsProblem problem, boolean politely) {
    return conclude(TlsFailures.of(phase.stage(), problem), politely);
  }

  private List<Action> conclude(Failure failure, boolean politely) {
    return conclude(Optional.of(failure), sequelOf(failure), politely);
  }

  private Sequel sequelOf(Failure failure) {
    if (failure instanceof Failure.Tls && !order.tlsSettings().demandsTls()) {
      return Sequel.SAME_ADDRESS_IN_CLEAR;
    }
    boolean nextHopsFault =
        phase.compareTo(Phase.MAIL) < 0 && !(failure instanceof Failure.OwnExhaustion);
    return nextHopsFault ? Sequel.NEXT_ADDRESS : Sequel.NONE;
  }

  /** Concludes, unless that is done: then what happens now is only the end of a courtesy. */
  private List<Action> conclude(Optional<Failure> failure, Sequel sequel, boolean politely) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    if (concluded) {
      return enter(Phase.CLOSED);
    }
    concluded = true;
    List<Action> actions = new ArrayList<>();
    actions.add(new Action.Conclude(transaction.outcome(failure, sequel)));
    actions.addAll(enter(politely ? Phase.QUIT : Phase.CLOSED));
    return List.copyOf(actions);
  }
}
