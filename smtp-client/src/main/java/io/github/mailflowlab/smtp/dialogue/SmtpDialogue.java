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
import org.jspecify.annotations.Nullable;

/**
 * One connection's worth of SMTP, without I/O: every event answers with the actions it asks for.
 * Two methods carry it, {@link #enter} says what to send and {@link #onReply} what an answer means;
 * the others say what a missing answer means (failure-catalogue 1.1). Once the session stands, it
 * carries one {@link Transaction} after the other.
 *
 * <p>Whatever happens, {@link Action.Conclude} comes exactly once for each message, and the reply
 * to its content is the last thing that can matter: a peer that answers it with 2yz and then resets
 * has taken the message. Before that reply nothing counts as delivered, so a connection that ends
 * before it may have delivered all the same, and the next attempt makes a duplicate (RFC 1047); the
 * other choice would be to lose mail.
 *
 * <p>Rules that hold at every point: MAIL is never sent in clear when TLS is demanded; what was
 * learned from EHLO before TLS is forgotten with TLS; row 5 of the ladder is a failure only where
 * TLS is demanded, otherwise it leads to one connection in clear.
 *
 * <p>A session that was kept and proves dead at the next message says nothing about the next hop:
 * that message goes over a new one. Confined to the connection's thread; once CLOSED, events have
 * no effect.
 */
public final class SmtpDialogue {
  private static final String LOOP = "a loop, it greets with our own name";

  private final Order order;
  private Phase phase = Phase.GREETING;
  private Capabilities capabilities = Capabilities.NONE;
  private @Nullable Transaction transaction;
  private boolean established;
  private boolean inTls;
  private boolean kept;
  private boolean concluded;

  public SmtpDialogue(Order order) {
    this.order = order;
  }

  /** Where the dialogue stands, in the words of a report. */
  public Stage stage() {
    return phase == Phase.TRANSACTION ? current().stage() : phase.stage();
  }

  /** Whether the session stands and nothing is under way: the moment for a message, or QUIT. */
  public boolean isReady() {
    return phase == Phase.READY;
  }

  /** How many replies the peer owes; what it says beyond them answers nothing. */
  public int owed() {
    return phase == Phase.TRANSACTION ? current().owed() : phase.owesReply() ? 1 : 0;
  }

  /** TCP is up: the peer speaks first. */
  public List<Action> onConnected() {
    return List.of(await());
  }

  /**
   * Begins another message, when ready.
   *
   * @throws IllegalStateException when not ready
   */
  public List<Action> begin(Order.Mail mail) {
    if (!isReady()) {
      throw new IllegalStateException("not ready: " + phase);
    }
    kept = true;
    concluded = false;
    return beginTransaction(mail);
  }

  /** Ends a session that is ready; no effect otherwise. */
  public List<Action> quit() {
    return isReady() ? enter(Phase.QUIT) : List.of();
  }

  /** One well-formed reply, and nothing after it yet. */
  public List<Action> onReply(SmtpReply reply) {
    return onReply(reply, false);
  }

  /**
   * One well-formed reply.
   *
   * @param followed whether more has come already that does not look like a farewell
   */
  public List<Action> onReply(SmtpReply reply, boolean followed) {
    return switch (phase) {
      case GREETING -> onGreeting(reply);
      case EHLO -> onEhloReply(reply);
      case HELO -> reply.isPositive() ? onSession(Capabilities.NONE) : refusedBy(reply);
      case STARTTLS -> onStartTlsReply(reply);
      case HANDSHAKE, CERTIFICATE -> onNonsense("a reply to nothing: " + reply.code());
      case EHLO_IN_TLS -> onEhloInTlsReply(reply);
      case TRANSACTION ->
          current().owed() > 0
              ? advance(current().onReply(reply, followed))
              : onNonsense("a reply to nothing: " + reply.code());
      case READY, QUIT -> enter(Phase.CLOSED);
      case CLOSED -> List.of();
    };
  }

  /**
   * A reply that began before the command was sent which it would answer. A server that shuts down
   * may say so at any time (RFC 5321 3.8), and one that has enough of the content in the middle of
   * it; anything else means that replies and commands no longer belong together.
   */
  public List<Action> onEarlyReply(SmtpReply reply) {
    boolean negative = reply.isTransient() || reply.isPermanent();
    if (negative && reply.code() != 421 && (stage() == Stage.BODY || stage() == Stage.DOT)) {
      return broken(new Failure.Replied(stage(), reply, false));
    }
    boolean meant = reply.code() == 421 || phase == Phase.QUIT;
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
    return broken(new Failure.Nonsense(stage(), established, what));
  }

  /** The wait that was asked for is over. */
  public List<Action> onTimeout() {
    return switch (phase) {
      case STARTTLS, HANDSHAKE -> tlsFailed(TlsProblem.SILENT, false);
      case CERTIFICATE -> onOwnTrouble("The certificate was not judged within " + limit());
      case EHLO_IN_TLS -> conclude(TlsFailures.session(TlsProblem.SILENT), false);
      case GREETING, EHLO, HELO, TRANSACTION ->
          broken(new Failure.Silence(stage(), established, limit()));
      case READY, QUIT, CLOSED -> closed();
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
      default -> broken(new Failure.Vanished(stage(), established, reset));
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

  /** The content is out, with its final dot if it has one. */
  public List<Action> onContentSent() {
    return phase == Phase.TRANSACTION ? current().onContentSent() : List.of();
  }

  /** The content cannot be sent as it is: its lines do not all end in CRLF. */
  public List<Action> onContentUnfit(String why) {
    return broken(new Failure.Unsendable(SmtpReply.of(554, "5.6.0 " + why)));
  }

  /** The content cannot be read, through no fault of the peer. */
  public List<Action> onContentUnreadable(String why) {
    return broken(new Failure.OwnExhaustion(Stage.BODY, why));
  }

  /** We cannot go on, through no fault of the peer: cancelled, shutting down. */
  public List<Action> onOwnTrouble(String why) {
    return broken(new Failure.OwnExhaustion(stage(), why));
  }

  private List<Action> onGreeting(SmtpReply reply) {
    if (!reply.isPositive()) {
      return refusedBy(reply);
    }
    return isOurselves(reply) ? onNonsense(LOOP) : enter(Phase.EHLO);
  }

  /** Mail would go round; a check may well be made from the machine that it checks. */
  private boolean isOurselves(SmtpReply greeting) {
    String name = greeting.lines().get(0).split(" ", 2)[0];
    return order.mail().isPresent() && name.equalsIgnoreCase(order.heloName());
  }

  private List<Action> onEhloReply(SmtpReply reply) {
    if (reply.isPositive()) {
      return isOurselves(reply) ? onNonsense(LOOP) : onSession(Capabilities.of(reply));
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
        : onEstablished();
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
    return order.tlsSettings().demandsTls() ? tlsFailed(TlsProblem.REFUSED, true) : onEstablished();
  }

  private List<Action> onEhloInTlsReply(SmtpReply reply) {
    if (reply.isPositive()) {
      capabilities = Capabilities.of(reply);
      return onEstablished();
    }
    return reply.code() == 421 ? refusedBy(reply) : conclude(TlsFailures.refusedInTls(reply), true);
  }

  private List<Action> onEstablished() {
    if (order.mail().isPresent()) {
      return beginTransaction(order.mail().get());
    }
    phase = Phase.READY;
    concluded = true;
    return List.of(new Action.Conclude(Outcome.NOTHING));
  }

  /** The guard that no bug elsewhere can get round. */
  private List<Action> beginTransaction(Order.Mail mail) {
    if (order.tlsSettings().demandsTls() && !inTls) {
      throw new IllegalStateException("MAIL in clear under " + order.tlsSettings());
    }
    boolean reset = transaction != null && transaction.isOpen();
    phase = Phase.TRANSACTION;
    transaction = new Transaction(mail, capabilities, order.timeouts());
    return advance(transaction.begin(reset));
  }

  private List<Action> advance(List<Action> actions) {
    return current().end().map(this::onEnd).orElse(actions);
  }

  private List<Action> onEnd(Transaction.End end) {
    phase = end.inStep() ? Phase.READY : Phase.CLOSED;
    concluded = true;
    Sequel sequel =
        end.failure()
            .filter(this::isTheSessions)
            .map(failure -> Sequel.NEW_SESSION)
            .orElse(Sequel.NONE);
    Action conclude = new Action.Conclude(current().outcome(end.failure(), sequel));
    return end.inStep() ? List.of(conclude) : List.of(conclude, new Action.Close());
  }

  /** Whether it was this session that was used up, rather than the next hop that failed. */
  private boolean isTheSessions(Failure failure) {
    if (failure instanceof Failure.Replied replied && replied.reply().code() == 421) {
      return kept || current().hasDelivered();
    }
    boolean peers =
        !(failure instanceof Failure.OwnExhaustion || failure instanceof Failure.Unsendable);
    return kept && peers && !current().isMailAnswered();
  }

  /** What to send in a phase. */
  private List<Action> enter(Phase next) {
    assert next.compareTo(phase) > 0 : phase + " to " + next;
    phase = next;
    return switch (next) {
      case GREETING, READY, TRANSACTION -> throw new IllegalStateException("not entered: " + next);
      case EHLO, EHLO_IN_TLS -> say("EHLO " + order.heloName());
      case HELO -> say("HELO " + order.heloName());
      case STARTTLS -> say("STARTTLS");
      case HANDSHAKE -> List.of(await(), new Action.StartTls());
      case CERTIFICATE -> List.of(await(), new Action.JudgeCertificate());
      case QUIT -> say("QUIT");
      case CLOSED -> List.of(new Action.Close());
    };
  }

  private List<Action> say(String command) {
    return List.of(new Action.Send(command), await());
  }

  private Action await() {
    return new Action.Await(limit());
  }

  private Duration limit() {
    return phase == Phase.TRANSACTION ? current().limit() : phase.limit(order.timeouts());
  }

  private Transaction current() {
    if (transaction == null) {
      throw new IllegalStateException("no transaction in " + phase);
    }
    return transaction;
  }

  /** Ends with a reply that is not the one hoped for; after 421 the peer is gone already. */
  private List<Action> refusedBy(SmtpReply reply) {
    boolean negative = reply.isTransient() || reply.isPermanent();
    return negative
        ? conclude(new Failure.Replied(phase.stage(), reply, false), reply.code() != 421)
        : onNonsense("reply " + reply.code());
  }

  private List<Action> tlsFailed(TlsProblem problem, boolean politely) {
    return conclude(TlsFailures.of(phase.stage(), problem), politely);
  }

  /** The connection is of no use any more. */
  private List<Action> broken(Failure failure) {
    if (phase == Phase.TRANSACTION) {
      current().breakOff(failure);
      return advance(List.of());
    }
    return conclude(failure, false);
  }

  /** Concludes before MAIL, unless that is done: then it is only the end of a courtesy. */
  private List<Action> conclude(Failure failure, boolean politely) {
    if (concluded) {
      return closed();
    }
    concluded = true;
    List<Action> actions = new ArrayList<>();
    actions.add(new Action.Conclude(Outcome.failed(failure, sequelOf(failure))));
    actions.addAll(enter(politely ? Phase.QUIT : Phase.CLOSED));
    return List.copyOf(actions);
  }

  private List<Action> closed() {
    return phase == Phase.CLOSED ? List.of() : enter(Phase.CLOSED);
  }

  private Sequel sequelOf(Failure failure) {
    if (failure instanceof Failure.OwnExhaustion) {
      return Sequel.NONE;
    }
    boolean inClear = failure instanceof Failure.Tls && !order.tlsSettings().demandsTls();
    return inClear ? Sequel.SAME_ADDRESS_IN_CLEAR : Sequel.NEXT_ADDRESS;
  }
}
