package io.github.mailflowlab.lab.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an order acts. All that is said has to hold; what counts, counts only those the order is
 * about and only while its time is.
 *
 * @param from not before
 * @param until not from then on
 * @param daily only in that part of each day
 * @param after how many are passed over first
 * @param every acts on the first, then on each so manieth; 1 for all
 * @param quota acts on what is beyond it
 * @param chance of acting, over 0 and up to 1; drawn from the lab's seed
 * @param times acts so often and then no more; empty for no limit
 */
public record When(
    Optional<Moment> from,
    Optional<Moment> until,
    Optional<Daily> daily,
    int after,
    int every,
    Optional<Quota> quota,
    double chance,
    Optional<Integer> times) {
  public static final When ALWAYS =
      new When(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          1,
          Optional.empty(),
          1,
          Optional.empty());

  public When {
    if (after < 0 || every < 1 || !(chance > 0 && chance <= 1) || times.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "when: after " + after + ", every " + every + ", chance " + chance + ", times " + times);
    }
  }

  /** So often, and then no more. */
  public static When times(int times) {
    return new When(
        ALWAYS.from,
        ALWAYS.until,
        ALWAYS.daily,
        ALWAYS.after,
        ALWAYS.every,
        ALWAYS.quota,
        ALWAYS.chance,
        Optional.of(times));
  }

  /** From so long after the order on, for so long. */
  public static When between(Duration from, Duration until) {
    return new When(
        Optional.of(Moment.of(from)),
        Optional.of(Moment.of(until)),
        ALWAYS.daily,
        ALWAYS.after,
        ALWAYS.every,
        ALWAYS.quota,
        ALWAYS.chance,
        ALWAYS.times);
  }

  /** Whether it is the time for it. */
  boolean isTime(Instant given, Instant now) {
    return from.filter(moment -> now.isBefore(moment.at(given))).isEmpty()
        && until.filter(moment -> !now.isBefore(moment.at(given))).isEmpty()
        && daily.filter(part -> !part.contains(now)).isEmpty();
  }

  /** When {@link #isTime} may change next; empty when it will not. */
  Optional<Instant> nextChange(Instant given, Instant now) {
    return Stream.of(
            from.map(moment -> moment.at(given)),
            until.map(moment -> moment.at(given)),
            daily.map(part -> part.nextChange(now)))
        .flatMap(Optional::stream)
        .filter(instant -> instant.isAfter(now))
        .min(Instant::compareTo);
  }
}
