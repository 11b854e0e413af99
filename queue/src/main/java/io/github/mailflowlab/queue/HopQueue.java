package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledQueue;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One next-hop queue in memory. It is open, or in Retry after a failure of the next hop:
 *
 * <pre>
 *   open ── next hop fails ──▶ retry ── probe fails ──▶ retry (one more in a row)
 *    ▲                           │
 *    └── any other outcome ◀─────┘── last message leaves
 * </pre>
 *
 * What {@link #snapshot()} tells is durable; the rest is found again in the spool: which messages
 * are ready (a bounded part of them is here), and which are busy, that is in an attempt or with an
 * outcome not yet durable. Confined to the queue's thread.
 */
final class HopQueue {
  /** How many ready messages are held; the others wait in the spool. */
  static final int MAX_READY = 256;

  private final long number;
  private final NextHop nextHop;
  private final Deque<String> ready = new ArrayDeque<>();
  private final Map<String, RunningAttempt> busy = new HashMap<>();

  private boolean retrying;
  private long probes;
  private int retryCount;
  private Optional<DatedError> lastError;
  private Optional<Instant> lastRetry;
  private Optional<Instant> nextRetry;

  private boolean suspended;
  private boolean stored;
  private long messages;
  private boolean moreInSpool = true;
  private boolean laterUnknown = true;
  private int wave;
  private ConcurrencyWindow window;
  private int halvings;
  private Optional<String> endedInTransaction = Optional.empty();
  private @Nullable Instant wakeDue;
  private @Nullable ScheduledTask wake;

  private HopQueue(SpooledQueue state, long messages, boolean stored, int limit) {
    this.number = state.number();
    this.nextHop = state.nextHop();
    this.retrying = state.retrying();
    this.probes = state.probes();
    this.retryCount = state.retryCount();
    this.lastError = state.lastError();
    this.lastRetry = state.lastRetry();
    this.nextRetry = state.nextRetry();
    this.messages = messages;
    this.stored = stored;
    this.window = ConcurrencyWindow.full(limit);
  }

  static HopQueue create(long number, NextHop nextHop, int limit) {
    return new HopQueue(
        new SpooledQueue(
            number, nextHop, false, 0, 0, Optional.empty(), Optional.empty(), Optional.empty()),
        0,
        false,
        limit);
  }

  static HopQueue recover(SpooledQueue state, long messages, int limit) {
    return new HopQueue(state, messages, true, limit);
  }

  long number() {
    return number;
  }

  NextHop nextHop() {
    return nextHop;
  }

  boolean isRetrying() {
    return retrying;
  }

  long probes() {
    return probes;
  }

  Optional<DatedError> lastError() {
    return lastError;
  }

  Optional<Instant> nextRetry() {
    return nextRetry;
  }

  SpooledQueue snapshot() {
    return new SpooledQueue(
        number, nextHop, retrying, probes, retryCount, lastError, lastRetry, nextRetry);
  }

  /** Whether an operator holds it back: it takes messages and sends none. */
  boolean isSuspended() {
    return suspended;
  }

  void suspend(boolean now) {
    suspended = now;
    moreInSpool = true;
  }

  /** Whether the spool knows this queue. */
  boolean isStored() {
    return stored;
  }

  void markStored() {
    stored = true;
  }

  // The next hop.

  /** The next hop failed, for all its messages at once. */
  void failed(Instant now, LastError error, RetryPolicy policy) {
    retrying = true;
    probes++;
    retryCount++;
    wave++;
    lastError = Optional.of(new DatedError(now, error));
    lastRetry = Optional.of(now);
    nextRetry = Optional.of(policy.nextProbe(now, retryCount));
    ready.clear();
    moreInSpool = true;
  }

  /** The next hop was found alive, or nobody waits for it any more. */
  void recovered() {
    retrying = false;
    retryCount = 0;
    lastError = Optional.empty();
    nextRetry = Optional.empty();
    moreInSpool = true;
    window = window.recovered();
  }

  /** Puts the probe off without a verdict on the next hop. */
  void postpone(Instant next) {
    nextRetry = Optional.of(next);
  }

  /**
   * Which failure of the next hop comes next; attempts of an earlier wave are part of an old one.
   */
  int wave() {
    return wave;
  }

  /**
   * Notes that an attempt for this message ended in the transaction.
   *
   * @return whether the one before ended so too, and was for another message: then it is the next
   *     hop that fails (failure-catalogue 1.1). Not durable: after a restart it takes two again.
   */
  boolean endsInTransactionAgain(String message) {
    boolean again = endedInTransaction.filter(other -> !other.equals(message)).isPresent();
    endedInTransaction = Optional.of(message);
    return again;
  }

  void transactionEndedWell() {
    endedInTransaction = Optional.empty();
  }

  // Its messages.

  /** Messages with a recipient not yet decided, those being stored included. */
  long messages() {
    return messages;
  }

  void joined() {
    messages++;
  }

  /** One message left it; returns whether that ended a Retry, because none is left. */
  boolean left() {
    messages--;
    if (messages == 0) {
      cancelWake();
    }
    if (retrying && messages == 0) {
      recovered();
      return true;
    }
    return false;
  }

  /** A message's place here is stored. */
  void offer(SpooledEntry entry, Instant now) {
    if (!entry.isDue(now)) {
      laterUnknown = true;
    } else if (!moreInSpool && ready.size() < MAX_READY) {
      ready.add(entry.message());
    } else {
      moreInSpool = true;
    }
  }

  Optional<String> pollReady() {
    return Optional.ofNullable(ready.poll());
  }

  boolean hasMoreInSpool() {
    return moreInSpool;
  }

  void lookIntoSpool() {
    moreInSpool = true;
  }

  /** How many to read so that enough of them are not busy. */
  int readLimit() {
    return MAX_READY + busy.size();
  }

  void refill(List<String> due) {
    moreInSpool = due.size() == readLimit();
    laterUnknown = true;
    due.stream().filter(message -> !isBusy(message)).forEach(ready::add);
  }

  /** A message waits for a later attempt now. */
  void lookForLater() {
    laterUnknown = true;
  }

  /** Whether somebody has to look when the next message becomes due; the caller will. */
  boolean takeLaterUnknown() {
    boolean unknown = laterUnknown;
    laterUnknown = false;
    return unknown;
  }

  // Its attempts.

  /** Whether no more attempts may be started. In Retry the one probe matters, not the window. */
  boolean isFull() {
    return busy.size() >= (retrying ? window.limit() : window.size());
  }

  /** The next hop took a message. */
  void delivered() {
    window = window.delivered();
  }

  /** The next hop said 421; what others hear that were started before is the same complaint. */
  void halve(RunningAttempt attempt) {
    if (attempt.halvingsBefore() == halvings) {
      halvings++;
      window = window.halved();
    }
  }

  /** How often its window was halved. */
  int halvings() {
    return halvings;
  }

  boolean isBusy(String message) {
    return busy.containsKey(message);
  }

  Optional<RunningAttempt> attempt(String message) {
    return Optional.ofNullable(busy.get(message));
  }

  Collection<RunningAttempt> attempts() {
    return Collections.unmodifiableCollection(busy.values());
  }

  boolean isProbing() {
    return busy.values().stream().anyMatch(RunningAttempt::isProbe);
  }

  void occupy(RunningAttempt attempt) {
    busy.put(attempt.message(), attempt);
  }

  void release(RunningAttempt attempt) {
    busy.remove(attempt.message());
  }

  // Its alarm clock.

  /** Whether nothing would wake it by then. */
  boolean sleepsBeyond(Instant due) {
    return wakeDue == null || due.isBefore(wakeDue);
  }

  void wakeAt(Instant due, ScheduledTask task) {
    cancelWake();
    wakeDue = due;
    wake = task;
  }

  void woke() {
    wakeDue = null;
    wake = null;
  }

  void cancelWake() {
    if (wake != null) {
      wake.cancel();
    }
    woke();
  }
}
