package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message on an established session. A plan of commands goes out in flights, all that may go at
 * once when the peer offers PIPELINING, else one at a time; the replies come back in that order,
 * matched against the steps owed:
 *
 * <pre>
 *   planned ── fly ──▶ owed ── reply ──▶ what it means
 *
 *   [RSET] MAIL RCPT... DATA     ◀─ 354 ─  CONTENT    ◀─ 2yz ─  delivered
 *   [RSET] MAIL RCPT...          ◀─ 2yz ─  BDAT CHUNK ◀─ 2yz ─  delivered
 * </pre>
 *
 * <p>The content waits for what was sent before it to be answered, also as a chunk, which need not:
 * it is the point where a peer that gives a reply too many or too few is found out, and must not
 * pass for one that took the message.
 *
 * <p>Once it is certain that nobody gets the message, nothing new is sent, and the replies still
 * owed are only taken note of; so the session stays in step and can carry the next message.
 * Recipients beyond the peer's limit ({@code 452 4.5.3}) make a further round. Confined to the
 * dialogue.
 */
final class Transaction {
  /**
   * How it ended.
   *
   * @param failure why all others were not delivered; absent when there are none
   * @param inStep whether every reply has come, so that the session can go on
   */
  record End(Optional<Failure> failure, boolean inStep) {}

  private final Order.Mail mail;
  private final MailCommands commands;
  private final Timeouts timeouts;
  private final Deque<Step> planned = new ArrayDeque<>();
  private final Deque<Step> owed = new ArrayDeque<>();
  private List<Mailbox> round = List.of();
  private final List<Mailbox> accepted = new ArrayList<>();
  private final List<Mailbox> postponed = new ArrayList<>();
  private final Map<Mailbox, SmtpReply> delivered = new HashMap<>();
  private final Map<Mailbox, Failure> refused = new HashMap<>();
  private @Nullable Failure verdict;
  private @Nullable End end;
  private int unanswered;
  private boolean mailAnswered;
  private boolean sending;
  private boolean contentSent;
  private boolean open;

  Transaction(Order.Mail mail, Capabilities capabilities, Timeouts timeouts) {
    this.mail = mail;
    this.commands = new MailCommands(mail, capabilities);
    this.timeouts = timeouts;
  }

  /**
   * Begins.
   *
   * @param reset whether the peer still has the envelope of a message before
   */
  List<Action> begin(boolean reset) {
    Optional<Failure> unmet = Demands.unmet(mail, commands.capabilities());
    if (unmet.isPresent()) {
      open = reset;
      end = new End(unmet, true);
      return List.of();
    }
    return beginRound(mail.envelope().recipients(), reset);
  }

  /** Present once nothing is left to do; then the other methods have no meaning. */
  Optional<End> end() {
    return Optional.ofNullable(end);
  }

  /** How many replies the peer still owes. */
  int owed() {
    return owed.size();
  }

  /** Whether the peer has answered MAIL yet. */
  boolean isMailAnswered() {
    return mailAnswered;
  }

  /** Whether the peer took some recipient's message. */
  boolean hasDelivered() {
    return !delivered.isEmpty();
  }

  /** Whether the peer has an envelope that the next message must not inherit. */
  boolean isOpen() {
    return open;
  }

  /** Which reply is awaited, in the words of a report. */
  Stage stage() {
    Step next = owed.peek();
    if (next == null) {
      return Stage.MAIL;
    }
    return next.isContent() && !contentSent ? Stage.BODY : next.stage();
  }

  /** How long that may take; while content is being sent, one block of it. */
  Duration limit() {
    Step next = owed.peek();
    if (next == null) {
      return timeouts.mail();
    }
    return next.isContent() && !contentSent ? timeouts.block() : next.limit(timeouts);
  }

  /** The content is out to its last octet. */
  List<Action> onContentSent() {
    contentSent = sending;
    Step next = owed.peek();
    return sending && next != null && next.isContent() ? timing() : List.of();
  }

  /** The session ends here, for this reason, unless the message was decided before. */
  void breakOff(Failure reason) {
    if (reason instanceof Failure.Nonsense) {
      // Replies and commands do not belong together, so nothing in this round is certain.
      verdict = reason;
      round.forEach(refused::remove);
    } else if (isBadSequence(verdict)
        || round.stream().map(refused::get).anyMatch(Transaction::isBadSequence)) {
      // So says a peer that is elsewhere in the dialogue than we are, or answers out of turn.
      verdict = reason;
      round.stream().filter(one -> isBadSequence(refused.get(one))).forEach(refused::remove);
    }
    end = new End(isDecided() ? Optional.ofNullable(verdict) : Optional.of(reason), false);
  }

  private static boolean isBadSequence(@Nullable Failure failure) {
    return failure instanceof Failure.Replied replied && replied.reply().code() == 503;
  }

  /**
   * The reply to the first step owed.
   *
   * @param followed whether more has come already than this
   */
  List<Action> onReply(SmtpReply reply, boolean followed) {
    Stage stage = stage();
    Step step = owed.remove();
    boolean inContent = step.isContent() && !contentSent;
    if (isNonsense(step, reply) || (inContent && reply.isPositive())) {
      breakOff(new Failure.Nonsense(stage, true, "reply " + reply.code()));
      return List.of();
    }
    if (inContent || reply.code() == 421) {
      breakOff(new Failure.Replied(stage, reply, false));
      return List.of();
    }
    switch (step.kind()) {
      case RSET -> onReset(reply);
      case MAIL -> onMail(reply);
      case RCPT -> onRecipient(Objects.requireNonNull(step.recipient()), reply);
      case DATA -> {
        return onData(reply, followed);
      }
      case CONTENT, CHUNK -> onContent(step, reply);
      case NOTHING -> open = false;
    }
    return goOn(followed);
  }

  Outcome outcome(Optional<Failure> failure, Outcome.Sequel sequel) {
    return new Outcome(delivered, refused, failure, sequel, commands.passesOnDsn());
  }

  private List<Action> beginRound(List<Mailbox> recipients, boolean reset) {
    accepted.clear();
    round = List.copyOf(recipients);
    sending = false;
    contentSent = false;
    if (reset) {
      planned.add(Step.RSET);
    }
    planned.add(Step.MAIL);
    recipients.forEach(recipient -> planned.add(Step.rcpt(recipient)));
    unanswered = recipients.size();
    planned.add(commands.capabilities().offers("CHUNKING") ? Step.CHUNK : Step.DATA);
    return fly();
  }

  /** Sends what may be sent now. */
  private List<Action> fly() {
    List<Action> actions = new ArrayList<>();
    Step next = planned.peek();
    while (next != null && mayFly(next)) {
      owed.add(planned.remove());
      actions.add(new Action.Send(command(next)));
      if (next.kind() == Step.Kind.CHUNK) {
        sending = true;
        actions.add(new Action.SendContent(false));
      }
      next = planned.peek();
    }
    actions.addAll(timing());
    return actions;
  }

  private boolean mayFly(Step next) {
    boolean mayWait = next.kind() != Step.Kind.CHUNK;
    return owed.isEmpty() || (mayWait && commands.capabilities().offers("PIPELINING"));
  }

  private String command(Step step) {
    return switch (step.kind()) {
      case RSET -> "RSET";
      case MAIL -> commands.mailFrom();
      case RCPT -> commands.rcptTo(Objects.requireNonNull(step.recipient()));
      case DATA -> "DATA";
      case CHUNK -> commands.bdat();
      case CONTENT, NOTHING -> throw new IllegalStateException("no command: " + step);
    };
  }

  /** Each block of the content has a limit of its own; the reply is waited for when it is out. */
  private List<Action> timing() {
    Step next = owed.peek();
    if (next == null) {
      return List.of();
    }
    boolean inContent = next.isContent() && !contentSent;
    return inContent ? List.of() : List.of(new Action.Await(next.limit(timeouts)));
  }

  /**
   * DATA wants 354 and nothing else that is not negative; no other command wants anything of it.
   */
  private static boolean isNonsense(Step step, SmtpReply reply) {
    return step.kind() == Step.Kind.DATA
        ? reply.isPositive() || (reply.isIntermediate() && reply.code() != 354)
        : reply.isIntermediate();
  }

  private void onReset(SmtpReply reply) {
    if (!reply.isPositive()) {
      breakOff(new Failure.Replied(Stage.MAIL, reply, false));
    }
  }

  private void onMail(SmtpReply reply) {
    mailAnswered = true;
    open = reply.isPositive();
    if (!open) {
      decide(new Failure.Replied(Stage.MAIL, reply, false));
    }
  }

  private void onRecipient(Mailbox recipient, SmtpReply reply) {
    unanswered--;
    if (verdict != null) {
      return;
    }
    if (reply.isPositive()) {
      accepted.add(recipient);
    } else if (!accepted.isEmpty() && isTooMany(reply)) {
      postponed.add(recipient);
    } else {
      refused.put(recipient, new Failure.Replied(Stage.RCPT, reply, false));
    }
  }

  /** RFC 5321 4.5.3.1.10: no fault of the recipient's, and the others come next. */
  private static boolean isTooMany(SmtpReply reply) {
    boolean code = reply.code() == 452 || reply.code() == 552;
    return code
        && reply
            .enhanced()
            .filter(status -> status.subject() == 5 && status.detail() == 3)
            .isPresent();
  }

  private List<Action> onData(SmtpReply reply, boolean followed) {
    if (reply.isIntermediate()) {
      boolean nobody = isDecided();
      owed.add(nobody ? Step.NOTHING : Step.CONTENT);
      sending = !nobody;
      List<Action> actions = new ArrayList<>();
      actions.add(nobody ? new Action.Send(".") : new Action.SendContent(true));
      actions.addAll(timing());
      return actions;
    }
    if (!isDecided()) {
      decide(new Failure.Replied(Stage.DATA, reply, false));
    }
    return goOn(followed);
  }

  private void onContent(Step step, SmtpReply reply) {
    // A refused chunk leaves the envelope where it was (RFC 3030 2).
    open = step.kind() == Step.Kind.CHUNK && !reply.isPositive();
    if (isDecided()) {
      return;
    }
    if (reply.isPositive()) {
      accepted.forEach(mailbox -> delivered.put(mailbox, reply));
    } else {
      decide(new Failure.Replied(Stage.DOT, reply, false));
    }
  }

  private void decide(Failure failure) {
    if (verdict == null) {
      verdict = failure;
    }
  }

  /** Whether it is certain that nobody gets the message in this round. */
  private boolean isDecided() {
    return verdict != null || (accepted.isEmpty() && unanswered == 0);
  }

  private List<Action> goOn(boolean followed) {
    if (end != null) {
      return List.of();
    }
    if (isDecided()) {
      planned.clear();
    }
    if (!owed.isEmpty()) {
      return timing();
    }
    if (followed && !hasDelivered()) {
      breakOff(new Failure.Nonsense(Stage.MAIL, true, "a reply too many"));
      return List.of();
    }
    if (!planned.isEmpty()) {
      return fly();
    }
    if (verdict == null && !postponed.isEmpty()) {
      List<Mailbox> next = List.copyOf(postponed);
      postponed.clear();
      return beginRound(next, open);
    }
    end = new End(Optional.ofNullable(verdict), true);
    return List.of();
  }
}
