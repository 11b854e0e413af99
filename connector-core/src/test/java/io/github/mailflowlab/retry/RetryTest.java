package io.github.mailflowlab.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {"PT10M", "PT1M*4 PT5M*6 PT10M", "PT15M*2 PT30M PT1H", "PT0.1S*2 PT24H", "PT1H*3"})
  void aScheduleReadsAndPrintsTheSameText(String text) {
    assertThat(RetrySchedule.parse(text)).get().hasToString(text);
    assertThat(RetrySchedule.parse("  " + text.replace(" ", " \t ") + " ")).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "10",
        "PT0S",
        "PT-1M",
        "PT1M*0",
        "PT1M*-1",
        "PT1M*",
        "PT1M*x",
        "PT1M*2*2",
        "*2",
        "PT1M,PT5M",
        "PT24H0.001S",
        "PT9999999999999H",
        "PT1M*99999999999"
      })
  void nothingElseIsASchedule(String text) {
    assertThat(RetrySchedule.parse(text)).isEmpty();
  }

  @ParameterizedTest(name = "after {0} failures {1}")
  @CsvSource({
    "1, PT1M",
    "4, PT1M",
    "5, PT5M",
    "10, PT5M",
    "11, PT10M",
    "12, PT10M",
    "2147483647, PT10M",
  })
  void theWaitGrowsWithTheFailuresAndTheLastOneIsForEver(int failures, Duration delay) {
    assertThat(RetryPolicy.EXCHANGE.queueClock().delayAfter(failures)).isEqualTo(delay);
  }

  @Test
  void exchangeProbesADeadNextHopOneHundredAndFiftyOneTimesInADay() {
    List<Instant> attempts = attemptsUntilExpiry(RetryPolicy.EXCHANGE);

    assertThat(attempts).hasSize(151);
    assertThat(attempts.subList(0, 6))
        .extracting(attempt -> Duration.between(START, attempt).toMinutes())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 9L);
    assertThat(attempts.get(150)).isEqualTo(START.plus(Duration.parse("PT23H54M")));
  }

  @Test
  void theFaqsProfileProbesHourlyInTheEnd() {
    List<Instant> attempts = attemptsUntilExpiry(RetryPolicy.FAQ);

    assertThat(attempts).hasSize(28);
    assertThat(Duration.between(attempts.get(26), attempts.get(27))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void defaultsAreADayAndNoDelayNotice() {
    assertThat(RetryPolicy.EXCHANGE.queueClock()).hasToString("PT1M*4 PT5M*6 PT10M");
    assertThat(RetryPolicy.EXCHANGE.messageClock()).hasToString("PT15M*2 PT30M PT1H");
    assertThat(RetryPolicy.EXCHANGE.expiry()).isEqualTo(Duration.ofHours(24));
    assertThat(RetryPolicy.EXCHANGE.delayNotice()).isEmpty();
    assertThat(RetryPolicy.EXCHANGE.expires(START)).isEqualTo(START.plus(Duration.ofHours(24)));
    assertThat(RetryPolicy.profile("exchange")).contains(RetryPolicy.EXCHANGE);
    assertThat(RetryPolicy.profile("faq")).contains(RetryPolicy.FAQ);
    assertThat(RetryPolicy.profile("Exchange")).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PT12H, true",
    "PT24H, true",
    "PT11H59M59.999S, false",
    "PT24H0.001S, false",
    "PT0S, false",
  })
  void expiryLiesBetweenTwelveAndTwentyFourHours(Duration expiry, boolean valid) {
    if (valid) {
      assertThat(RetryPolicy.EXCHANGE.withExpiry(expiry).expiry()).isEqualTo(expiry);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RetryPolicy.EXCHANGE.withExpiry(expiry));
    }
  }

  @Test
  void aMessagesWaitIsAtMostATenthShorterAndNeverLonger() {
    Instant latest = START.plus(Duration.ofMinutes(15));
    Instant earliest = latest.minus(Duration.ofSeconds(90));

    assertThat(RetryPolicy.EXCHANGE.nextAttempt(START, 1, () -> -1))
        .isBetween(earliest, earliest.plusMillis(1));
    assertThat(RetryPolicy.EXCHANGE.nextAttempt(START, 1, () -> 0)).isEqualTo(latest);
    assertThat(RetryPolicy.EXCHANGE.nextAttempt(START, 4, () -> 0))
        .isEqualTo(START.plus(Duration.ofHours(1)));
  }

  /** An attempt due at the instant of expiry is not made. */
  private static List<Instant> attemptsUntilExpiry(RetryPolicy policy) {
    List<Instant> attempts = new ArrayList<>();
    Instant next = START;
    while (next.isBefore(policy.expires(START))) {
      attempts.add(next);
      next = policy.nextProbe(next, attempts.size());
    }
    return attempts;
  }
}
