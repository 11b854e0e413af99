package io.github.mailflowlab.clock;

import java.time.Instant;
import java.util.Optional;

/**
 * The clock at one moment.
 *
 * @param now lab time
 * @param speed lab seconds per wall second, while not paused
 * @param paused whether it was told to stand still
 * @param nextEvent when the next task is due
 * @param advancing the jump under way
 */
public record ClockView(
    Instant now,
    double speed,
    boolean paused,
    Optional<Instant> nextEvent,
    Optional<Advancing> advancing) {
  /**
   * A jump under way.
   *
   * @param from where it started
   * @param target where it ends
   */
  public record Advancing(Instant from, Instant target) {}
}
