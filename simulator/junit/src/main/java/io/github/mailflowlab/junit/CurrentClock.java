package io.github.mailflowlab.junit;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The clock of the test that runs. It stands still; a shared lab gets another one before each test,
 * which goes on where the last one was and knows nothing of its tasks. Any thread.
 */
final class CurrentClock implements InstantSource, TaskScheduler, AutoCloseable {
  private volatile Running running;

  /** A clock, and the work it waits for before it moves. */
  private record Running(LabClock clock, WorkInFlight work) {
    static Running from(Instant start) {
      WorkInFlight work = new WorkInFlight();
      ClockState still = new ClockState(SystemTime.source().instant(), start, 1, true);
      return new Running(LabClock.start(Optional.of(still), work, change -> {}), work);
    }
  }

  CurrentClock(Instant start) {
    running = Running.from(start);
  }

  /** For the next test. */
  void startOver() {
    LabClock before = running.clock();
    running = Running.from(before.instant());
    before.close();
  }

  LabClock clock() {
    return running.clock();
  }

  WorkInFlight work() {
    return running.work();
  }

  @Override
  public Instant instant() {
    return clock().instant();
  }

  @Override
  public ScheduledTask schedule(Instant due, Runnable task) {
    return clock().schedule(due, task);
  }

  @Override
  public void close() {
    clock().close();
  }
}
