package io.github.mailflowlab.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClockStateTest {
  private static final Instant WALL = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant LAB = Instant.parse("2026-06-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, PT1H, PT1H",
    "1, PT0.000000001S, PT0.000000001S",
    "0.1, PT1H, PT6M",
    "60, PT1M, PT1H",
    "100000, PT0.01S, PT16M40S",
    "100000, P30D, P3000000D"
  })
  void runsAtItsSpeed(double speed, Duration onTheWall, Duration inTheLab) {
    ClockState state = new ClockState(WALL, LAB, speed, false);

    assertThat(state.at(WALL.plus(onTheWall))).isEqualTo(LAB.plus(inTheLab));
    assertThat(state.wallTimeUntil(LAB.plus(inTheLab), WALL).orElseThrow())
        .isBetween(onTheWall.minusNanos(1000), onTheWall.plusNanos(1000));
  }

  @Test
  void standsStillWhilePaused() {
    ClockState state = new ClockState(WALL, LAB, 60, true);

    assertThat(state.at(WALL.plusSeconds(60))).isEqualTo(LAB);
    assertThat(state.wallTimeUntil(LAB.plusSeconds(1), WALL)).isEmpty();
    assertThat(state.wallTimeUntil(LAB, WALL)).contains(Duration.ZERO);
  }

  @Test
  void goesThroughText() {
    ClockState state = new ClockState(WALL, LAB.plusNanos(7), 2.5, true);

    assertThat(state.text())
        .isEqualTo("2026-03-01T00:00:00Z 2026-06-01T00:00:00.000000007Z 2.5 true");
    assertThat(ClockState.parse(state.text())).contains(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2026-03-01T00:00:00Z 2026-03-01T00:00:00Z 1",
        "2026-03-01T00:00:00Z 2026-03-01T00:00:00Z 0 true",
        "2026-03-01T00:00:00Z 2026-03-01T00:00:00Z NaN true",
        "2026-03-01T00:00:00Z 2026-03-01T00:00:00Z 1 maybe",
        "2026-03-01 2026-03-01T00:00:00Z 1 true"
      })
  void readsNothingElse(String text) {
    assertThat(ClockState.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.09, 100_001, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesOtherSpeeds(double speed) {
    assertThatThrownBy(() -> new ClockState(WALL, LAB, speed, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
