package io.github.mailflowlab.lab.order;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A part of each day, UTC; over midnight when it ends before it begins.
 *
 * @param from within it
 * @param until no more within it; another time than {@code from}
 */
public record Daily(LocalTime from, LocalTime until) {
  static final String FORM = "two times of day, UTC, such as 22:00-06:00";

  static Optional<Daily> parse(String text) {
    String[] times = text.split("-", -1);
    if (times.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(
              new Daily(LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip())))
          .filter(daily -> !daily.from.equals(daily.until));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean contains(Instant instant) {
    LocalTime time = instant.atOffset(ZoneOffset.UTC).toLocalTime();
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(until);
    return from.isBefore(until) ? begun && !over : begun || !over;
  }

  /** When it begins or ends next. */
  Instant nextChange(Instant now) {
    Instant begin = next(from, now);
    Instant end = next(until, now);
    return begin.isBefore(end) ? begin : end;
  }

  private static Instant next(LocalTime time, Instant now) {
    OffsetDateTime today = now.atOffset(ZoneOffset.UTC).with(time);
    return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
  }

  @Override
  public String toString() {
    return from + "-" + until;
  }
}
