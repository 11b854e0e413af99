package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.queue.ndr.DelayComposer;
import io.github.mailflowlab.queue.ndr.DelayNotice;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells senders once that their mail is late, when the retry policy says so (RFC 3461 4.1 DELAY).
 * When that is due is kept with the message from the transaction that stores it to the one that has
 * the notice, so it survives a restart and is never told twice; what is due is found by index, in
 * pages. Attempts go on meanwhile. Confined to the queue's thread.
 */
final class DelayNotices {
  private static final Logger log = LoggerFactory.getLogger(DelayNotices.class);

  /** Messages told of in one transaction. */
  private static final int PAGE = 64;

  private final QueuePorts ports;
  private final HopQueues queues;
  private final Reports reports;
  private final Journal journal;
  private boolean sweeping;
  private @Nullable Instant alarmDue;
  private @Nullable ScheduledTask alarm;

  /** Whether what the alarm was set for may have left. */
  private boolean stale;

  DelayNotices(QueuePorts ports, HopQueues queues, Reports reports, Journal journal) {
    this.ports = ports;
    this.queues = queues;
    this.reports = reports;
    this.journal = journal;
  }

  /** When the sender of this message is told; empty for never. */
  static Optional<Instant> due(QueuePorts ports, SpooledMail mail) {
    return dueAfter(ports, mail.message().received())
        .filter(due -> due.isBefore(mail.message().expires()))
        .filter(due -> !mail.message().reversePath().isNull())
        .filter(due -> mail.recipients().stream().anyMatch(DelayNotices::isToBeToldOf));
  }

  private static Optional<Instant> dueAfter(QueuePorts ports, Instant received) {
    return ports.settings().retry().delayNotice().map(received::plus);
  }

  private static boolean isToBeToldOf(SpooledRecipient recipient) {
    return recipient.isPending() && recipient.dsn().wants(Notify.DELAY);
  }

  /** A message was stored. */
  void expect(SpooledMail mail) {
    due(ports, mail).ifPresent(this::setAlarm);
  }

  private void setAlarm(Instant due) {
    if (alarmDue == null || due.isBefore(alarmDue)) {
      cancelAlarm();
      alarmDue = due;
      alarm = ports.scheduler().schedule(due, () -> ports.thread().post(this::rang));
    }
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
    }
    alarm = null;
    alarmDue = null;
    stale = false;
  }

  private void rang() {
    cancelAlarm();
    sweep();
  }

  /**
   * An attempt is recorded. Was it for what the alarm is set for, then the alarm is set anew once
   * all attempts are over; see {@link Expiry#released}.
   */
  void released(RunningAttempt attempt) {
    if (alarmDue == null) {
      return;
    }
    stale |= dueAfter(ports, attempt.entry().received()).equals(Optional.of(alarmDue));
    if (stale && queues.isIdle()) {
      sweep();
    }
  }

  /** Tells of all that is late, a page at a time, and sets the alarm for the next. */
  void sweep() {
    if (!queues.isOpen() || sweeping || ports.settings().retry().delayNotice().isEmpty()) {
      return;
    }
    Instant now = ports.now();
    try {
      List<String> late = ports.spool().delayed(now, PAGE);
      if (late.isEmpty()) {
        cancelAlarm();
        ports.spool().nextDelay(now).ifPresent(this::setAlarm);
        return;
      }
      Transaction transaction = new Transaction();
      late.forEach(id -> tell(transaction, id, now));
      sweeping = true;
      journal.write(
          transaction,
          () -> {
            sweeping = false;
            sweep();
          });
    } catch (UncheckedIOException e) {
      log.error("delay notices cannot read the spool, trying again: {}", e.toString());
      setAlarm(now.plus(Journal.DISK_RETRY));
    }
  }

  /** Adds that the sender was told, and the notice if there is still something to tell. */
  private void tell(Transaction transaction, String id, Instant now) {
    transaction.add(new Change.PlanDelayNotice(id, Optional.empty()));
    ports
        .spool()
        .mail(id)
        .filter(mail -> mail.message().expires().isAfter(now))
        .ifPresent(mail -> tell(transaction, mail, now));
  }

  private void tell(Transaction transaction, SpooledMail mail, Instant now) {
    List<DelayNotice.Waiting> late =
        mail.recipients().stream().filter(DelayNotices::isToBeToldOf).map(this::waiting).toList();
    if (late.isEmpty()) {
      return;
    }
    String id = mail.message().id();
    reports.delayed(transaction, mail.message(), late, now);
    transaction.trace(
        Optional.empty(),
        id,
        new TraceEvent(
            now,
            TraceEvent.Kind.DSN,
            Optional.empty(),
            Optional.of(DelayComposer.STATUS),
            "The sender was told of the delay",
            List.of()));
    log.info("id={} is late, its sender is told of {} recipients", id, late.size());
  }

  private DelayNotice.Waiting waiting(SpooledRecipient recipient) {
    // It may be late before it has arrived in a queue that another node has made.
    HopQueue queue = queues.findOrRead(recipient.queue().orElseThrow(), ports.spool());
    return new DelayNotice.Waiting(
        recipient.address(),
        recipient.dsn().orcpt(),
        DatedError.newer(recipient.lastError(), queue.lastError())
            .map(last -> new ReturnedRecipient.LastAttempt(last.time(), last.error())));
  }
}
