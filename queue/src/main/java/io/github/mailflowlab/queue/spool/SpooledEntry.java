package io.github.mailflowlab.queue.spool;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One message's place in one queue. A message has as many as it has next hops. Where another node
 * takes mail for the one that delivers, a place is <em>arriving</em> until that one has seen it.
 *
 * @param queue the number of the queue
 * @param received as of the message
 * @param expires as of the message
 * @param nextAttempt the earliest of its pending recipients; absent while it is arriving, and once
 *     it has left the queue
 * @param attempts those that were its own; the queue's probes come on top
 * @param joinedProbes what the queue's probe counter said when it joined
 * @param leftProbes what it said when it left; absent before
 * @param suspended whether an operator holds it back; only while it is in the queue
 */
public record SpooledEntry(
    String message,
    long queue,
    Instant received,
    Instant expires,
    Optional<Instant> nextAttempt,
    int attempts,
    long joinedProbes,
    OptionalLong leftProbes,
    boolean suspended) {
  public SpooledEntry {
    if (nextAttempt.isPresent() && leftProbes.isPresent()) {
      throw new IllegalArgumentException("entry: " + message + " (expected: in or out)");
    }
    if (suspended && nextAttempt.isEmpty()) {
      throw new IllegalArgumentException("entry: " + message + " (expected: not suspended)");
    }
  }

  /** An entry that nobody holds back. */
  public SpooledEntry(
      String message,
      long queue,
      Instant received,
      Instant expires,
      Optional<Instant> nextAttempt,
      int attempts,
      long joinedProbes,
      OptionalLong leftProbes) {
    this(message, queue, received, expires, nextAttempt, attempts, joinedProbes, leftProbes, false);
  }

  /** A place in a queue that another node keeps, and will see soon. */
  public static SpooledEntry arriving(SpooledMessage message, long queue) {
    return new SpooledEntry(
        message.id(),
        queue,
        message.received(),
        message.expires(),
        Optional.empty(),
        0,
        // No probe has been made for it.
        Long.MAX_VALUE,
        OptionalLong.empty());
  }

  public boolean isArriving() {
    return nextAttempt.isEmpty() && leftProbes.isEmpty();
  }

  public boolean isOpen() {
    return nextAttempt.isPresent();
  }

  /** Whether its clock lets it be tried. */
  public boolean isDue(Instant now) {
    return nextAttempt.isPresent() && !nextAttempt.get().isAfter(now);
  }

  /** Attempts as shown: its own and those that the queue made for all. */
  public int attemptsShown(long queueProbes) {
    return isArriving()
        ? attempts
        : attempts + (int) (leftProbes.orElse(queueProbes) - joinedProbes);
  }

  /** The same, to be tried again. */
  public SpooledEntry waiting(int attemptsNow, Instant next) {
    return new SpooledEntry(
        message,
        queue,
        received,
        expires,
        Optional.of(next),
        attemptsNow,
        joinedProbes,
        OptionalLong.empty(),
        suspended);
  }

  /** The same, held back or not. */
  public SpooledEntry suspended(boolean now) {
    return new SpooledEntry(
        message, queue, received, expires, nextAttempt, attempts, joinedProbes, leftProbes, now);
  }

  /**
   * In the queue again that it had left; its attempts are told from then on as its own.
   *
   * @param probes what the queue's probe counter says
   */
  public SpooledEntry again(long probes, Instant next) {
    return new SpooledEntry(
        message,
        queue,
        received,
        expires,
        Optional.of(next),
        attemptsShown(probes),
        probes,
        OptionalLong.empty());
  }

  /** The same, out of the queue. */
  public SpooledEntry left(int attemptsNow, long probes) {
    return new SpooledEntry(
        message,
        queue,
        received,
        expires,
        Optional.empty(),
        attemptsNow,
        joinedProbes,
        OptionalLong.of(probes));
  }
}
