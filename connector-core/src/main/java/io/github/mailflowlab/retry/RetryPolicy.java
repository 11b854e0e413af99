package io.github.mailflowlab.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The two clocks of retry, and the end of trying (design 3 and exchange-online-behaviour 3.1).
 *
 * @param queueClock after a failure of the next hop; without jitter
 * @param messageClock after a failure of one message or recipient; up to a tenth shorter
 * @param expiry how long a message is tried, 12 to 24 hours
 * @param delayNotice when the sender is told of a delay; absent for never
 */
public record RetryPolicy(
    RetrySchedule queueClock,
    RetrySchedule messageClock,
    Duration expiry,
    Optional<Duration> delayNotice) {
  public static final Duration MIN_EXPIRY = Duration.ofHours(12);
  public static final Duration MAX_EXPIRY = Duration.ofHours(24);

  private static final double JITTER = 0.1;

  /** The numbers that fit what was observed of Exchange Online: 151 attempts in a day. */
  public static final RetryPolicy EXCHANGE =
      new RetryPolicy(
          RetrySchedule.of("PT1M*4 PT5M*6 PT10M"),
          RetrySchedule.of("PT15M*2 PT30M PT1H"),
          MAX_EXPIRY,
          Optional.empty());

  /** The numbers of Microsoft's FAQ, on both clocks. */
  public static final RetryPolicy FAQ =
      new RetryPolicy(
          RetrySchedule.of("PT15M*3 PT20M PT30M PT40M PT50M PT1H"),
          RetrySchedule.of("PT15M*3 PT20M PT30M PT40M PT50M PT1H"),
          MAX_EXPIRY,
          Optional.empty());

  public RetryPolicy {
    if (expiry.compareTo(MIN_EXPIRY) < 0 || expiry.compareTo(MAX_EXPIRY) > 0) {
      throw new IllegalArgumentException("expiry: " + expiry + " (expected: PT12H to PT24H)");
    }
    if (delayNotice.isPresent() && (delayNotice.get().isNegative() || delayNotice.get().isZero())) {
      throw new IllegalArgumentException(
          "delayNotice: " + delayNotice.get() + " (expected: positive)");
    }
  }

  /** The policy of a name in {@code retry.profile}; empty when there is none. */
  public static Optional<RetryPolicy> profile(String name) {
    return switch (name) {
      case "exchange" -> Optional.of(EXCHANGE);
      case "faq" -> Optional.of(FAQ);
      default -> Optional.empty();
    };
  }

  public RetryPolicy withExpiry(Duration other) {
    return new RetryPolicy(queueClock, messageClock, other, delayNotice);
  }

  /**
   * The same with delay notices.
   *
   * @param after how long a message has waited then
   */
  public RetryPolicy withDelayNotice(Optional<Duration> after) {
    return new RetryPolicy(queueClock, messageClock, expiry, after);
  }

  /** When the next hop is probed again. */
  public Instant nextProbe(Instant now, int failures) {
    return now.plus(queueClock.delayAfter(failures));
  }

  /** When a message or recipient is tried again. */
  public Instant nextAttempt(Instant now, int failures, RandomGenerator random) {
    Duration delay = messageClock.delayAfter(failures);
    long shorter = (long) (delay.toMillis() * JITTER * random.nextDouble());
    return now.plus(delay.minusMillis(shorter));
  }

  /** When a message received now is returned. */
  public Instant expires(Instant received) {
    return received.plus(expiry);
  }
}
