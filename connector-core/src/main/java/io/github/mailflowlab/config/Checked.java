package io.github.mailflowlab.config;

import java.util.List;

/** The outcome of checking something written by hand: the value, or every problem with it. */
public sealed interface Checked<T> {
  /** All of it was right. */
  record Valid<T>(T value) implements Checked<T> {}

  /**
   * Something was wrong.
   *
   * @param problems all of them, at least one
   */
  record Invalid<T>(List<ConfigProblem> problems) implements Checked<T> {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: at least one)");
      }
    }
  }

  /** The problems; none when valid. */
  default List<ConfigProblem> problems() {
    return this instanceof Invalid<T> invalid ? invalid.problems() : List.of();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when invalid, so only after a look at {@link #problems()}
   */
  default T value() {
    if (this instanceof Valid<T> valid) {
      return valid.value;
    }
    throw new IllegalStateException("invalid: " + problems());
  }
}
