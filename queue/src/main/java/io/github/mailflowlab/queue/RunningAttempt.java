package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt from its start until its outcome is durable. Its mail is as it was at the start, which
 * for this queue's part of it stays true: nobody else touches a busy message. Confined to the
 * queue's thread.
 */
final class RunningAttempt {
  private final HopQueue queue;
  private final SpooledMail mail;
  private final SpooledEntry entry;
  private final List<SpooledRecipient> due;
  private final WatchedContent content;
  private final boolean probe;
  private final int wave;
  private final int halvingsBefore;
  private Transport.@Nullable Attempt running;
  private boolean cancelled;
  private boolean waiting;

  RunningAttempt(
      HopQueue queue,
      SpooledMail mail,
      SpooledEntry entry,
      List<SpooledRecipient> due,
      WatchedContent content) {
    this.queue = queue;
    this.mail = mail;
    this.entry = entry;
    this.due = List.copyOf(due);
    this.content = content;
    this.probe = queue.isRetrying();
    this.wave = queue.wave();
    this.halvingsBefore = queue.halvings();
  }

  HopQueue queue() {
    return queue;
  }

  SpooledMail mail() {
    return mail;
  }

  String message() {
    return mail.message().id();
  }

  SpooledEntry entry() {
    return entry;
  }

  /** The recipients it is for. */
  List<SpooledRecipient> due() {
    return due;
  }

  /** Whether other recipients in this queue were due as well, and need an attempt of their own. */
  boolean leftOthersDue(Instant now) {
    return mail.recipients().stream()
        .filter(recipient -> recipient.isPending() && recipient.isIn(queue.number()))
        .anyMatch(other -> !due.contains(other) && !other.nextAttempt().isAfter(now));
  }

  WatchedContent content() {
    return content;
  }

  /** Whether it tests a next hop that failed. */
  boolean isProbe() {
    return probe;
  }

  /** Whether the next hop has failed since it was started, so that its failure is part of that. */
  boolean isOfEarlierWave() {
    return wave != queue.wave();
  }

  /** How often the queue's window had been halved when it was started. */
  int halvingsBefore() {
    return halvingsBefore;
  }

  void started(Transport.Attempt attempt) {
    running = attempt;
  }

  /** Ends it soon; what it says of the next hop after that means nothing. */
  void cancel() {
    cancelled = true;
    if (running != null) {
      running.cancel();
    }
  }

  /** Its outcome is durable: its connection may carry the next message. */
  void recorded() {
    if (running != null) {
      running.recorded();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Its outcome leaves the message in the queue, for a later attempt. */
  void waits() {
    waiting = true;
  }

  boolean isWaiting() {
    return waiting;
  }
}
