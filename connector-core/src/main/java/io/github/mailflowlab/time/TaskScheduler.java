package io.github.mailflowlab.time;

import java.time.Instant;

/** Runs things later, on the clock of the lab rather than that of the wall. */
public interface TaskScheduler {
  /**
   * Runs the task once, at the instant or as soon as possible when that has passed. Any thread may
   * call it. The task runs on a thread of the scheduler and must return at once. Tasks of one
   * instant run in the order of their scheduling.
   */
  ScheduledTask schedule(Instant due, Runnable task);

  /** A task that waits. */
  @FunctionalInterface
  interface ScheduledTask {
    /** Forgets the task; no effect once it runs. */
    void cancel();
  }
}
