package io.github.mailflowlab.settings;

import java.util.Optional;
import java.util.function.Function;

/** A secret that may stand in the file or, by {@code env:NAME}, in the environment. */
final class Secret {
  private static final String ENVIRONMENT = "env:";

  private Secret() {}

  /**
   * The secret itself; empty, and a problem of this key, when its variable is not set.
   *
   * @param environment looks up a variable
   */
  static Optional<String> read(
      Section section, String name, String text, Function<String, Optional<String>> environment) {
    if (!text.startsWith(ENVIRONMENT)) {
      return Optional.of(text);
    }
    String variable = text.substring(ENVIRONMENT.length());
    Optional<String> value = environment.apply(variable);
    if (value.isEmpty()) {
      section.problem(name, "environment variable " + variable + " is not set");
    }
    return value;
  }
}
