package io.github.mailflowlab.junit;

import io.github.mailflowlab.clock.LabClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * The time of the lab, which stands still until it is moved. Retries, expiry, alerts and the dates
 * of certificates follow it; the timeouts of sockets follow the wall's clock. Any thread.
 */
public final class SimulatedClock {
  private final TestLab lab;

  SimulatedClock(TestLab lab) {
    this.lab = lab;
  }

  public Instant now() {
    return lab.labClock().instant();
  }

  /**
   * Moves time ahead, event by event; returns when all that was due on the way is done, attempts
   * included.
   *
   * @throws IllegalArgumentException when negative or longer than ten years
   */
  public void advance(Duration by) {
    finish(lab.labClock().advance(by));
  }

  /** As {@link #advance}, to an instant that is not in the past. */
  public void advanceTo(Instant target) {
    finish(lab.labClock().advanceTo(target));
  }

  /** Moves time to the next thing that is due, and does it; no move when nothing is. */
  public void advanceToNextEvent() {
    LabClock clock = lab.labClock();
    finish(clock.advanceToNext());
  }

  private void finish(CompletionStage<Instant> advance) {
    lab.settle();
    advance.toCompletableFuture().join();
    lab.settle();
  }
}
