package io.github.mailflowlab.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from a figure, by the level before: each mark on both sides, going in and out. */
final class MarksTest {
  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "OPEN, 0, OPEN",
    "OPEN, 9.99, OPEN",
    "OPEN, 10, SLOWED",
    "OPEN, 19.99, SLOWED",
    "OPEN, 20, CLOSED",
    "SLOWED, 19.99, SLOWED",
    "SLOWED, 20, CLOSED",
    "SLOWED, 9.99, SLOWED",
    "SLOWED, 9, SLOWED",
    "SLOWED, 8.99, OPEN",
    "CLOSED, 20, CLOSED",
    "CLOSED, 10, CLOSED",
    "CLOSED, 9.99, SLOWED",
    "CLOSED, 9, SLOWED",
    "CLOSED, 8.99, OPEN",
    "CLOSED, 0, OPEN",
  })
  void aFigureMustNotRiseToItsMarks(Level before, double reading, Level after) {
    assertThat(new Marks(10, 20).next(before, reading)).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "OPEN, 1000, OPEN",
    "OPEN, 20.01, OPEN",
    "OPEN, 20, SLOWED",
    "OPEN, 10.01, SLOWED",
    "OPEN, 10, CLOSED",
    "OPEN, 0, CLOSED",
    "SLOWED, 10, CLOSED",
    "SLOWED, 22, SLOWED",
    "SLOWED, 22.01, OPEN",
    "CLOSED, 20, CLOSED",
    "CLOSED, 20.01, SLOWED",
    "CLOSED, 22, SLOWED",
    "CLOSED, 22.01, OPEN",
  })
  void aFigureMustNotFallToItsMarks(Level before, double reading, Level after) {
    assertThat(new Marks(20, 10).next(before, reading)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "1, 1", "-1, 1", "1, -1", "NaN, 1", "1, NaN"})
  void twoPositiveFiguresAreNeeded(double slow, double close) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Marks(slow, close));
  }

  @Test
  void theStricterOfTwoLevelsCounts() {
    assertThat(Level.OPEN.or(Level.SLOWED)).isEqualTo(Level.SLOWED);
    assertThat(Level.CLOSED.or(Level.SLOWED)).isEqualTo(Level.CLOSED);
    assertThat(Level.OPEN.or(Level.OPEN)).isEqualTo(Level.OPEN);
  }
}
