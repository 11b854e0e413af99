package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.document.ScenarioDocument.Line;
import io.github.mailflowlab.scenario.Chronicle.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TimeLineTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private final List<Entry> entries = new ArrayList<>();

  private void happens(String after, int turn, String kind, String text) {
    entries.add(new Entry(START.plus(Duration.parse(after)), turn, kind, "queue", text, 1));
  }

  private List<Line> lines() {
    return TimeLine.of(entries, START, new Naming(Map.of()));
  }

  @Test
  void whatGoesOnIsToldOnce() {
    happens("PT0S", 0, "deferred", "refused");
    happens("PT10M", 0, "deferred", "refused");
    happens("PT3H10M", 0, "deferred", "refused");

    assertThat(lines())
        .containsExactly(
            new Line(
                START,
                Duration.ZERO,
                "deferred",
                "queue",
                "refused",
                3,
                Optional.of(START.plus(Duration.parse("PT3H10M")))));
  }

  @Test
  void whatPausesForLongBeginsAnew() {
    happens("PT0S", 0, "deferred", "refused");
    happens("PT3H1S", 0, "deferred", "refused");

    assertThat(lines()).extracting(Line::count).containsExactly(1, 1);
  }

  @Test
  void aTimeWithinTheTextDoesNotMakeAnotherLine() {
    happens("PT0S", 0, "deferred", "not valid at 2026-03-02T08:00:00Z");
    happens("PT1M", 0, "deferred", "not valid at 2026-03-02T08:01:00.123Z");

    assertThat(lines())
        .singleElement()
        .satisfies(line -> assertThat(line.text()).endsWith("2026-03-02T08:00:00Z"));
  }

  @Test
  void whatHappensAtOnceHasNoEndOfItsOwn() {
    happens("PT1H", 0, "delivered", "");
    happens("PT1H", 0, "delivered", "");

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.count()).isEqualTo(2);
              assertThat(line.until()).isEmpty();
            });
  }

  @Test
  void causesComeBeforeEffectsOfTheSameInstant() {
    happens("PT1H", 2, "delivered", "");
    happens("PT1H", 1, "repair", "all is well");
    happens("PT1H", 0, "deferred", "refused");

    assertThat(lines()).extracting(Line::kind).containsExactly("deferred", "repair", "delivered");
  }

  @Test
  void theOrderInWhichQueuesFinishDoesNotMatter() {
    for (String text : List.of("a", "b", "c")) {
      happens("PT1H", 1, "deferred", text);
      happens("PT1H", 1, "returned", text);
    }
    List<Line> expected = lines();
    Collections.reverse(entries);

    assertThat(lines()).isEqualTo(expected).hasSize(6);
  }
}
