package io.github.mailflowlab.scenario;

import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import io.github.mailflowlab.document.ScenarioDocument.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What came of a scenario, for people. What peers said is in it as it is. */
public final class ScenarioText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ScenarioText() {}

  private record Told(Instant time, String text) {}

  /** A line for each thing that happened or was expected, in the order of time. */
  public static List<String> timeLine(ScenarioDocument result) {
    return Stream.concat(
            result.timeLine().stream().map(line -> new Told(line.time(), told(line))),
            result.checks().stream()
                .map(check -> new Told(check.time(), told(check, result.start()))))
        .sorted(Comparator.comparing(Told::time))
        .map(Told::text)
        .toList();
  }

  private static String told(Line line) {
    StringBuilder text = new StringBuilder(begin(line.time(), line.after(), line.kind()));
    text.append(line.subject());
    if (!line.subject().isEmpty() && !line.text().isEmpty()) {
      text.append(": ");
    }
    text.append(line.text());
    if (line.count() > 1) {
      text.append(" (").append(line.count()).append(" times");
      line.until().ifPresent(until -> text.append(", until ").append(time(until)));
      text.append(")");
    }
    return text.toString();
  }

  private static String told(Check check, Instant start) {
    Duration after = Duration.between(start, check.time());
    return check.met()
        ? begin(check.time(), after, "expected") + check.what() + ": " + check.seen()
        : begin(check.time(), after, "FAILED") + failed(check);
  }

  private static String begin(Instant time, Duration after, String kind) {
    return time(time) + "  " + padded(after(after), 12) + padded(kind, 11);
  }

  /** One that was not met. */
  static String failed(Check check) {
    return check.what() + ": expected " + check.expected() + ", seen " + check.seen();
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** For example {@code +2d 03:10}. */
  private static String after(Duration duration) {
    String days = duration.toDays() == 0 ? "" : duration.toDays() + "d ";
    return String.format(
        Locale.ROOT, "+%s%02d:%02d", days, duration.toHoursPart(), duration.toMinutesPart());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
