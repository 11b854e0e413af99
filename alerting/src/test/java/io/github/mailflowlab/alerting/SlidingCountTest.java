package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SlidingCountTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final SlidingCount count = new SlidingCount(Duration.ofHours(1));

  @Test
  void startsAtNothing() {
    assertThat(count.sum(NOON)).isZero();
    assertThat(count.nextLoss()).isEmpty();
  }

  @Test
  void forgetsASliceWhenTheWindowHasPassedIt() {
    count.add(NOON, 2);
    count.add(NOON.plusSeconds(299), 1);
    count.add(NOON.plusSeconds(300), 4);
    Instant firstLeaves = NOON.plusSeconds(3600);

    assertThat(count.sum(NOON.plusSeconds(300))).isEqualTo(7);
    assertThat(count.nextLoss()).contains(firstLeaves);
    assertThat(count.sum(firstLeaves.minusMillis(1))).isEqualTo(7);
    assertThat(count.sum(firstLeaves)).isEqualTo(4);
    assertThat(count.nextLoss()).contains(firstLeaves.plusSeconds(300));
    assertThat(count.sum(firstLeaves.plusSeconds(300))).isZero();
    assertThat(count.nextLoss()).isEmpty();
  }

  @Test
  void whatComesLateCountsWithTheNewest() {
    count.add(NOON, 1);
    count.add(NOON.minusSeconds(600), 1);

    assertThat(count.sum(NOON.plusSeconds(3599))).isEqualTo(2);
    assertThat(count.sum(NOON.plusSeconds(3600))).isZero();
  }

  @Test
  void aWindowShorterThanItsSlicesCanBeStillCounts() {
    SlidingCount tiny = new SlidingCount(Duration.ofNanos(1));
    tiny.add(NOON, 1);

    assertThat(tiny.sum(NOON)).isEqualTo(1);
    assertThat(tiny.sum(NOON.plusMillis(12))).isZero();
  }
}
