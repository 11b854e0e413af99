package io.github.mailflowlab.pressure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The age of the oldest write that is not durable yet, in seconds. Writes become durable in the
 * order in which they are handed in, so it is enough to remember how many had been at each reading:
 * the age is exact to one interval, and costs the writes themselves nothing.
 */
final class WriteLag implements Source {
  /** Of a spool that stands still, only the first readings matter. */
  private static final int MAX_SEEN = 1000;

  private record Seen(long handedIn, long tick) {}

  private final Supplier<Writes> writes;
  private final Duration interval;
  private final ArrayDeque<Seen> seen = new ArrayDeque<>();
  private long tick;

  /**
   * Without a reading.
   *
   * @param interval from one reading to the next
   */
  WriteLag(Supplier<Writes> writes, Duration interval) {
    this.writes = writes;
    this.interval = interval;
  }

  @Override
  public OptionalDouble read() {
    Writes now = writes.get();
    tick++;
    while (!seen.isEmpty() && seen.element().handedIn() <= now.finished()) {
      seen.remove();
    }
    if (now.handedIn() > now.finished() && isNew(now.handedIn())) {
      seen.add(new Seen(now.handedIn(), tick));
    }
    long ticks = seen.isEmpty() ? 0 : tick - seen.element().tick();
    return OptionalDouble.of(ticks * interval.toMillis() / 1000.0);
  }

  private boolean isNew(long handedIn) {
    return seen.isEmpty() || (seen.getLast().handedIn() < handedIn && seen.size() < MAX_SEEN);
  }
}
