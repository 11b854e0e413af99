package io.github.mailflowlab.settings;

import java.util.List;

/** What reading a configuration file gave: the settings, or every problem with it. */
public sealed interface SettingsOutcome {
  /** All of it was right. */
  record Valid(LabSettings settings) implements SettingsOutcome {}

  /**
   * Something was wrong.
   *
   * @param problems all of them, in the order of lines; at least one
   */
  record Invalid(List<SettingsProblem> problems) implements SettingsOutcome {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: at least one)");
      }
    }
  }

  /** The problems; none when valid. */
  default List<SettingsProblem> problems() {
    return this instanceof Invalid invalid ? invalid.problems() : List.of();
  }

  /**
   * The settings.
   *
   * @throws IllegalStateException when invalid, so only after a look at {@link #problems()}
   */
  default LabSettings value() {
    if (this instanceof Valid valid) {
      return valid.settings();
    }
    throw new IllegalStateException("invalid: " + problems());
  }
}
