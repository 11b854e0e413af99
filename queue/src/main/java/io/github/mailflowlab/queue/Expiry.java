package io.github.mailflowlab.queue;

import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.status.ReturnStatus;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns messages when their time is up: an event of its own, found by index, that depends on no
 * attempt. An attempt under way is cancelled; what it had delivered by then counts, and the rest is
 * returned as soon as its report is recorded. Confined to the queue's thread.
 */
final class Expiry {
  private static final Logger log = LoggerFactory.getLogger(Expiry.class);

  /** Messages returned in one transaction. */
  private static final int PAGE = 256;

  /** Octets of their content, which is read, in one transaction; one message may have more. */
  private static final long PAGE_OCTETS = 8L << 20;

  private static final FinalError NEVER_TRIED =
      new FinalError(ReturnStatus.EXPIRED.code(), ReturnStatus.EXPIRED.reply(), Optional.empty());

  private final QueuePorts ports;
  private final HopQueues queues;
  private final Returns returns;
  private final Journal journal;
  private final Claims claims;

  /** Expired, and in an attempt that is being cancelled. */
  private final Set<String> cancelling = new HashSet<>();

  private boolean sweeping;
  private @Nullable Instant alarmDue;
  private @Nullable ScheduledTask alarm;

  /** Whether what the alarm was set for has left, perhaps. */
  private boolean stale;

  Expiry(QueuePorts ports, HopQueues queues, Returns returns, Journal journal, Claims claims) {
    this.ports = ports;
    this.queues = queues;
    this.returns = returns;
    this.journal = journal;
    this.claims = claims;
  }

  /** A message was stored that expires then. */
  void expect(Instant expires) {
    if (alarmDue == null || expires.isBefore(alarmDue)) {
      cancelAlarm();
      alarmDue = expires;
      alarm = ports.scheduler().schedule(expires, () -> ports.thread().post(this::rang));
    }
  }

  private void rang() {
    cancelAlarm();
    sweep();
  }

  /** Sets the alarm for the first that will expire of those that are pending now. */
  private void aim(Instant now) {
    cancelAlarm();
    if (queues.hasMessages()) {
      ports.spool().nextExpiry(now).ifPresent(this::expect);
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

  /** Returns all that has expired, a page at a time, and sets the alarm for the next. */
  void sweep() {
    if (!queues.isOpen() || sweeping) {
      return;
    }
    Instant now = ports.now();
    try {
      int limit = PAGE + cancelling.size() + claims.size();
      List<String> expired = ports.spool().expired(now, limit);
      Transaction transaction = new Transaction();
      List<String> page = expire(transaction, expired, now);
      if (page.isEmpty()) {
        aim(now);
        return;
      }
      sweeping = true;
      journal.write(
          transaction,
          () -> {
            page.forEach(claims::release);
            sweeping = false;
            sweep();
          });
    } catch (UncheckedIOException e) {
      log.error("expiry cannot read the spool, trying again: {}", e.toString());
      expect(now.plus(Journal.DISK_RETRY));
    }
  }

  /**
   * An attempt is recorded. Was it for what the alarm is set for, then the alarm is set anew, but
   * not before all attempts are over: in the rush each message is the oldest in its turn.
   */
  void released(RunningAttempt attempt) {
    if (cancelling.remove(attempt.message())) {
      sweep();
    }
    stale |= attempt.entry().expires().equals(alarmDue);
    if (stale && attempt.queue().attempts().isEmpty() && queues.isIdle()) {
      aimAgain(ports.now());
    }
  }

  private void aimAgain(Instant now) {
    if (alarmDue == null || !alarmDue.isAfter(now)) {
      return; // It is about to ring, and what has expired is found only then.
    }
    try {
      aim(now);
    } catch (UncheckedIOException e) {
      log.error("expiry cannot read the spool, trying again: {}", e.toString());
      expect(now.plus(Journal.DISK_RETRY));
    }
  }

  /** Adds the return of as many as fit into one transaction, and tells which. */
  private List<String> expire(Transaction transaction, List<String> expired, Instant now) {
    List<String> page = new ArrayList<>();
    long octets = 0;
    for (String id : expired) {
      Optional<SpooledMail> mail = free(id);
      if (mail.isPresent()) {
        claims.take(id);
        give(transaction, mail.get(), now);
        page.add(id);
        octets += mail.get().message().size();
      }
      if (page.size() == PAGE || octets >= PAGE_OCTETS) {
        break;
      }
    }
    return page;
  }

  /**
   * The message, unless its return has to wait or is under way. What is arriving comes back with
   * its alarm when it has arrived.
   */
  private Optional<SpooledMail> free(String id) {
    Optional<SpooledMail> mail =
        ports.spool().mail(id).filter(found -> !claims.holds(id) && !found.isArriving());
    List<RunningAttempt> attempts = mail.map(queues::attempts).orElse(List.of());
    if (!attempts.isEmpty() && cancelling.add(id)) {
      attempts.forEach(RunningAttempt::cancel);
    }
    return mail.filter(found -> attempts.isEmpty());
  }

  private void give(Transaction transaction, SpooledMail mail, Instant now) {
    List<Returns.Returned> returned =
        mail.recipients().stream()
            .filter(SpooledRecipient::isPending)
            .map(recipient -> returned(recipient, queues.of(recipient.queue().orElseThrow())))
            .toList();
    int attempts = queues.attemptsShown(mail.entries());
    returns.add(transaction, mail, returned, attempts, now, List.of());
    new Departure(queues).leaveAll(mail, transaction);
    log.info("id={} expired, {} recipients returned", mail.message().id(), returned.size());
  }

  private static Returns.Returned returned(SpooledRecipient recipient, HopQueue queue) {
    Optional<DatedError> last = DatedError.newer(recipient.lastError(), queue.lastError());
    return new Returns.Returned(
        recipient,
        queue.nextHop().connector(),
        new ReturnedRecipient(
            recipient.address(),
            recipient.dsn().orcpt(),
            last.map(dated -> dated.error().expired()).orElse(NEVER_TRIED),
            last.map(dated -> new ReturnedRecipient.LastAttempt(dated.time(), dated.error())),
            Optional.empty()));
  }
}
