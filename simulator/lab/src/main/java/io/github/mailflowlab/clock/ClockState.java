package io.github.mailflowlab.clock;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How lab time follows from wall time: both at one moment, and how fast one runs with the other. A
 * pure value, so that storing it once after each change is enough: read after a crash, it still
 * gives the right lab time.
 *
 * @param wall the moment, on the wall
 * @param lab the same moment, in the lab
 * @param speed lab seconds per wall second, 0.1 to 100,000; kept while paused
 * @param paused whether lab time stands still
 */
public record ClockState(Instant wall, Instant lab, double speed, boolean paused) {
  public static final double MIN_SPEED = 0.1;
  public static final double MAX_SPEED = 100_000;

  private static final double NANOS_PER_SECOND = 1e9;

  public ClockState {
    if (!isSpeed(speed)) {
      throw new IllegalArgumentException("speed: " + speed + " (expected: 0.1 to 100000)");
    }
  }

  /** Lab time is wall time. */
  public static ClockState realTime(Instant now) {
    return new ClockState(now, now, 1, false);
  }

  /** Whether the clock can go that fast. */
  public static boolean isSpeed(double speed) {
    return speed >= MIN_SPEED && speed <= MAX_SPEED;
  }

  /** Lab time at another moment on the wall. */
  public Instant at(Instant now) {
    return paused ? lab : lab.plus(scaled(Duration.between(wall, now), speed));
  }

  /** How long until the lab gets there, on the wall; empty if it never does by itself. */
  public Optional<Duration> wallTimeUntil(Instant labTarget, Instant now) {
    Instant current = at(now);
    if (!labTarget.isAfter(current)) {
      return Optional.of(Duration.ZERO);
    }
    return paused
        ? Optional.empty()
        : Optional.of(scaled(Duration.between(current, labTarget), 1 / speed));
  }

  ClockState withSpeed(double other) {
    return new ClockState(wall, lab, other, paused);
  }

  ClockState withPaused(boolean other) {
    return new ClockState(wall, lab, speed, other);
  }

  /** The same course from another moment on. */
  ClockState from(Instant otherWall, Instant otherLab) {
    return new ClockState(otherWall, otherLab, speed, paused);
  }

  /** One line, for a place that stores text. */
  public String text() {
    return String.join(" ", wall.toString(), lab.toString(), Double.toString(speed), "" + paused);
  }

  /** Reads {@link #text()}; empty when it is not one. */
  public static Optional<ClockState> parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 4 || !words[3].matches("true|false")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ClockState(
              Instant.parse(words[0]),
              Instant.parse(words[1]),
              Double.parseDouble(words[2]),
              Boolean.parseBoolean(words[3])));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Duration scaled(Duration duration, double factor) {
    if (factor == 1) {
      return duration;
    }
    double seconds = (duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND) * factor;
    long whole = (long) seconds;
    return Duration.ofSeconds(whole, (long) ((seconds - whole) * NANOS_PER_SECOND));
  }
}
