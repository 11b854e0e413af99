package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WantedTest {
  @ParameterizedTest
  @CsvSource({
    "3, 3, true",
    "3, 2, false",
    "3, 4, false",
    "3..5, 2, false",
    "3..5, 3, true",
    "3..5, 5, true",
    "3..5, 6, false",
    "3.., 2, false",
    "3.., 1000000, true",
    "..5, 0, true",
    "..5, 6, false",
  })
  void aRangeHasBothItsEnds(String range, long seen, boolean met) {
    Wanted wanted = Wanted.Range.parse(range).orElseThrow();

    assertThat(wanted.isMetBy(Seen.Numbers.of(seen))).isEqualTo(met);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "5..3", "-1", "3...5", "1 2", "many", "3,5", "1234567890"})
  void whatIsNoRangeIsRefused(String text) {
    assertThat(Wanted.Range.parse(text)).isEmpty();
  }

  @Test
  void everyNumberHasToBeInTheRange() {
    Wanted wanted = Wanted.Range.parse("3..5").orElseThrow();

    assertThat(wanted.isMetBy(Seen.Numbers.of(LongStream.of(3, 5)))).isTrue();
    assertThat(wanted.isMetBy(Seen.Numbers.of(LongStream.of(2, 5)))).isFalse();
    assertThat(wanted.isMetBy(Seen.Numbers.of(LongStream.of(3, 6)))).isFalse();
    assertThat(Seen.Numbers.of(LongStream.of(3, 6))).hasToString("3..6");
  }

  @Test
  void nothingCountsAsZero() {
    assertThat(Seen.Numbers.of(LongStream.empty())).isEqualTo(Seen.Numbers.of(0));
  }

  @Test
  void exactlyTheseWordsAreWanted() {
    Wanted wanted = Wanted.Words.of(List.of("4.4.316", "4.7.320"));

    assertThat(wanted.isMetBy(Seen.Words.of(List.of("4.7.320", "4.4.316")))).isTrue();
    assertThat(wanted.isMetBy(Seen.Words.of(List.of("4.4.316")))).isFalse();
    assertThat(wanted.isMetBy(Seen.Words.of(List.of("4.7.320", "4.4.316", "4.4.312")))).isFalse();
  }

  @Test
  void noneIsTheWordForNoWord() {
    Wanted wanted = Wanted.Words.of(List.of("none"));

    assertThat(wanted.isMetBy(Seen.Words.of(List.of()))).isTrue();
    assertThat(wanted.isMetBy(Seen.Words.of(List.of("4.4.316")))).isFalse();
    assertThat(wanted).hasToString("none");
  }

  @Test
  void aNumberIsNoWord() {
    assertThat(Wanted.Words.of(List.of("none")).isMetBy(Seen.Numbers.of(0))).isFalse();
    assertThat(Wanted.Range.parse("0").orElseThrow().isMetBy(Seen.Words.of(List.of()))).isFalse();
  }
}
