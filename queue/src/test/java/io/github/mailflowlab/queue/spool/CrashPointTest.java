package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CrashPointTest {
  @Test
  void isOffUnlessItIsAskedFor() {
    CrashPoint off = CrashPoint.parse(null);

    assertThat(off.isArmed()).isFalse();
    assertThat(off.isMet("before", true)).isFalse();
  }

  /** The point, the side of the commit, whether mail is returned; and whether it counts. */
  @ParameterizedTest
  @CsvSource({
    "before-commit, before, false, true",
    "before-commit, before, true, true",
    "before-commit, after, true, false",
    "after-commit, after, false, true",
    "after-commit, before, false, false",
    "before-ndr, before, true, true",
    "before-ndr, before, false, false",
    "after-ndr, after, true, true",
    "after-ndr, before, true, false",
  })
  void isMetWhenItWasPassedSoManyTimes(String name, String when, boolean returns, boolean counts) {
    CrashPoint point = CrashPoint.parse(name + ":2");

    assertThat(point.isMet(when, returns)).isFalse();
    assertThat(point.isMet(when, returns)).isEqualTo(counts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "before-commit", "before-commit:0", "commit:1", "after-ndr:x"})
  void aNameThatNobodyKnowsIsExplained(String text) {
    assertThatThrownBy(() -> CrashPoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: before-commit, after-commit, before-ndr or after-ndr");
  }
}
