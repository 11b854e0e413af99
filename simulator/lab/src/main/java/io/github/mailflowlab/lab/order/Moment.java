package io.github.mailflowlab.lab.order;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A point on the lab's clock: an instant, or so long after an order was given.
 *
 * @param instant present for an instant
 * @param after present for a duration, not negative
 */
public record Moment(Optional<Instant> instant, Optional<Duration> after) {
  static final String FORM = "a duration after the order such as PT10M, or an instant";

  public static Moment of(Instant instant) {
    return new Moment(Optional.of(instant), Optional.empty());
  }

  public static Moment of(Duration after) {
    return new Moment(Optional.empty(), Optional.of(after));
  }

  static Optional<Moment> parse(String text) {
    return read(Instant::parse, text)
        .map(Moment::of)
        .or(() -> read(Duration::parse, text).filter(TextForms::isReasonable).map(Moment::of));
  }

  private static <T> Optional<T> read(Function<String, T> parse, String text) {
    try {
      return Optional.of(parse.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The instant, for an order given then. */
  Instant at(Instant given) {
    return instant.orElseGet(() -> given.plus(after.orElseThrow()));
  }

  @Override
  public String toString() {
    return instant.map(Instant::toString).orElseGet(() -> after.orElseThrow().toString());
  }
}
