package io.github.mailflowlab.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How much happened within a window that ends now. Kept in slices of a twelfth of the window, so
 * that it costs the same however much happens; what happened leaves with its slice, which is up to
 * a slice too early. For one thread at a time.
 */
final class SlidingCount {
  private static final int SLICES = 12;

  private record Slice(long number, long count) {}

  private final long sliceMillis;
  private final Deque<Slice> slices = new ArrayDeque<>();
  private long sum;

  SlidingCount(Duration window) {
    this.sliceMillis = Math.max(1, window.toMillis() / SLICES);
  }

  void add(Instant when, long count) {
    long number = number(when);
    Slice last = slices.peekLast();
    if (last != null && last.number() >= number) {
      slices.removeLast();
      slices.addLast(new Slice(last.number(), last.count() + count));
    } else {
      slices.addLast(new Slice(number, count));
    }
    sum += count;
    forgetUpTo(number - SLICES);
  }

  long sum(Instant now) {
    forgetUpTo(number(now) - SLICES);
    return sum;
  }

  /** When the sum becomes less if nothing happens until then. */
  Optional<Instant> nextLoss() {
    return Optional.ofNullable(slices.peekFirst())
        .map(first -> Instant.ofEpochMilli((first.number() + SLICES) * sliceMillis));
  }

  private long number(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli(), sliceMillis);
  }

  private void forgetUpTo(long number) {
    for (Slice first = slices.peekFirst();
        first != null && first.number() <= number;
        first = slices.peekFirst()) {
      sum -= first.count();
      slices.removeFirst();
    }
  }
}
