package io.github.mailflowlab.document;

import io.github.mailflowlab.clock.ClockView;
import java.time.Instant;
import java.util.Optional;

/** The lab's clock; {@code advancingTo} while it is being advanced. */
public record ClockDocument(
    Instant now,
    double speed,
    boolean paused,
    Optional<Instant> nextEvent,
    Optional<Instant> advancingTo) {
  public static ClockDocument of(ClockView view) {
    return new ClockDocument(
        view.now(),
        view.speed(),
        view.paused(),
        view.nextEvent(),
        view.advancing().map(ClockView.Advancing::target));
  }
}
