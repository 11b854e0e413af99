package io.github.mailflowlab.settings;

import java.util.List;
import java.util.function.Function;

/**
 * What reading a file gave: what it says, or every problem with it.
 *
 * @param <T> what such a file says
 */
public sealed interface ReadOutcome<T> {
  /** The problems, in the order of lines; none when valid. */
  List<SettingsProblem> problems();

  /**
   * What the file says.
   *
   * @throws IllegalStateException when invalid, so only after a look at {@link #problems()}
   */
  T value();

  /**
   * Reads what has been parsed, unless that has failed already.
   *
   * @param problems those of the parsing; the reading adds its own
   */
  static <T> ReadOutcome<T> of(Section top, Problems problems, Function<Section, T> reading) {
    if (problems.isEmpty()) {
      T value = reading.apply(top);
      if (problems.isEmpty()) {
        return new Valid<>(value);
      }
    }
    return new Invalid<>(problems.inOrder());
  }

  /** All of it was right. */
  record Valid<T>(T value) implements ReadOutcome<T> {
    @Override
    public List<SettingsProblem> problems() {
      return List.of();
    }
  }

  /** Something was wrong; at least one thing. */
  record Invalid<T>(List<SettingsProblem> problems) implements ReadOutcome<T> {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: at least one)");
      }
    }

    @Override
    public T value() {
      throw new IllegalStateException("invalid: " + problems);
    }
  }
}
