package io.github.mailflowlab.queue;

import io.github.mailflowlab.time.TaskHeap;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Time for several threads: it moves to the next task only when nothing is in flight. */
final class SteerableTime implements InstantSource, TaskScheduler {
  private final WorkInFlight work;
  private final TaskHeap tasks = new TaskHeap();
  private final List<Instant> waiting = new ArrayList<>();
  private Instant now;

  SteerableTime(Instant start, WorkInFlight work) {
    this.now = start;
    this.work = work;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized ScheduledTask schedule(Instant due, Runnable task) {
    waiting.add(due);
    ScheduledTask scheduled =
        tasks.add(
            due,
            () -> {
              forget(due);
              task.run();
            });
    return () -> cancel(scheduled, due);
  }

  private synchronized void cancel(ScheduledTask task, Instant due) {
    task.cancel();
    forget(due);
  }

  private synchronized void forget(Instant due) {
    waiting.remove(due);
  }

  /** When the tasks are due that wait, in order. */
  synchronized List<Instant> waiting() {
    return waiting.stream().sorted().toList();
  }

  void advance(Duration by) {
    advanceTo(instant().plus(by));
  }

  void advanceTo(Instant target) {
    settle();
    for (Optional<Runnable> task = next(target); task.isPresent(); task = next(target)) {
      task.get().run();
      settle();
    }
  }

  /** Moves on although work is in flight, as the real clock would, and runs what became due. */
  void jumpTo(Instant target) {
    for (Optional<Runnable> task = next(target); task.isPresent(); task = next(target)) {
      task.get().run();
    }
  }

  /** Waits until everything that is due has happened. */
  void settle() {
    awaitQuiet();
    for (Optional<Runnable> task = next(instant()); task.isPresent(); task = next(instant())) {
      task.get().run();
      awaitQuiet();
    }
  }

  private synchronized Optional<Runnable> next(Instant target) {
    Optional<Instant> due = tasks.nextDue().filter(instant -> !instant.isAfter(target));
    Instant reached = due.orElse(target);
    if (reached.isAfter(now)) {
      now = reached;
    }
    return tasks.poll(now);
  }

  private void awaitQuiet() {
    try {
      work.awaitQuiet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
