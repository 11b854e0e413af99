package io.github.mailflowlab.scenario;

import io.github.mailflowlab.document.ScenarioDocument.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a short line of what a chronicle has: what goes on and on is told once. */
final class TimeLine {
  /** What pauses for longer begins anew; the longest pause between two attempts is an hour. */
  private static final Duration PAUSE = Duration.ofHours(3);

  private static final List<String> ORDER =
      List.of("delivered", "deferred", "returned", "report", "mailbox", "operated", "alert");

  private static final Comparator<Chronicle.Entry> IN_ORDER =
      Comparator.comparing(Chronicle.Entry::time)
          .thenComparing(Chronicle.Entry::turn)
          .thenComparing(entry -> ORDER.indexOf(entry.kind()))
          .thenComparing(Chronicle.Entry::subject)
          .thenComparing(Chronicle.Entry::text);

  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");

  private record What(String kind, String subject, String text) {
    /** What goes on may tell another time each time. */
    What timeless() {
      return new What(kind, subject, INSTANT.matcher(text).replaceAll("then"));
    }
  }

  private final Instant start;
  private final List<Line> lines = new ArrayList<>();
  private final Map<What, Integer> open = new HashMap<>();

  private TimeLine(Instant start) {
    this.start = start;
  }

  static List<Line> of(List<Chronicle.Entry> entries, Instant start, Naming naming) {
    TimeLine line = new TimeLine(start);
    entries.stream()
        .sorted(IN_ORDER)
        .forEach(
            entry ->
                line.add(
                    new What(entry.kind(), entry.subject(), naming.named(entry.text())), entry));
    return List.copyOf(line.lines);
  }

  private void add(What what, Chronicle.Entry entry) {
    Integer place = open.get(what.timeless());
    if (place != null && goesOn(lines.get(place), entry)) {
      lines.set(place, longer(lines.get(place), entry));
      return;
    }
    open.put(what.timeless(), lines.size());
    lines.add(
        new Line(
            entry.time(),
            Duration.between(start, entry.time()),
            what.kind(),
            what.subject(),
            what.text(),
            entry.count(),
            Optional.empty()));
  }

  private static boolean goesOn(Line line, Chronicle.Entry entry) {
    Duration pause = Duration.between(line.until().orElse(line.time()), entry.time());
    return pause.compareTo(PAUSE) <= 0;
  }

  private static Line longer(Line line, Chronicle.Entry entry) {
    boolean later = entry.time().isAfter(line.time());
    return new Line(
        line.time(),
        line.after(),
        line.kind(),
        line.subject(),
        line.text(),
        line.count() + entry.count(),
        later ? Optional.of(entry.time()) : line.until());
  }
}
