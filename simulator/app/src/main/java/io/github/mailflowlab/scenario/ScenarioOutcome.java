package io.github.mailflowlab.scenario;

import io.github.mailflowlab.settings.SettingsProblem;
import java.util.List;

/** What reading a scenario gave: the scenario, or every problem with it. */
public sealed interface ScenarioOutcome {
  /** All of it was right. */
  record Valid(Scenario scenario) implements ScenarioOutcome {}

  /**
   * Something was wrong.
   *
   * @param problems all of them, in the order of lines; at least one
   */
  record Invalid(List<SettingsProblem> problems) implements ScenarioOutcome {
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
   * The scenario.
   *
   * @throws IllegalStateException when invalid, so only after a look at {@link #problems()}
   */
  default Scenario value() {
    if (this instanceof Valid valid) {
      return valid.scenario();
    }
    throw new IllegalStateException("invalid: " + problems());
  }
}
