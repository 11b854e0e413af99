package io.github.mailflowlab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Time that stands still until told otherwise, and then runs what became due, in order. For one
 * thread: the one that advances it also runs the tasks.
 */
public final class SimulatedTime implements InstantSource, TaskScheduler {
  private final TaskHeap tasks = new TaskHeap();
  private Instant now;

  public SimulatedTime(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ScheduledTask schedule(Instant due, Runnable task) {
    return tasks.add(due, task);
  }

  /** When the next task is due. */
  public Optional<Instant> nextDue() {
    return tasks.nextDue();
  }

  /** Runs everything that becomes due on the way, tasks of tasks included. */
  public void advance(Duration by) {
    advanceTo(now.plus(by));
  }

  /** The same, to an instant that is not in the past. */
  public void advanceTo(Instant target) {
    if (target.isBefore(now)) {
      throw new IllegalArgumentException(
          "target: " + target + " (expected: not before " + now + ")");
    }
    while (true) {
      Optional<Instant> due = tasks.nextDue().filter(instant -> !instant.isAfter(target));
      if (due.isEmpty()) {
        now = target;
        return;
      }
      if (due.get().isAfter(now)) {
        now = due.get();
      }
      tasks.poll(now).orElseThrow().run();
    }
  }
}
