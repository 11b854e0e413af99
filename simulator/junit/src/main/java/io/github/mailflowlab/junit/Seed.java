package io.github.mailflowlab.junit;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is left to chance in a lab is drawn from it, so a failure can be repeated. It is the same
 * for every run unless somebody says otherwise: the configuration parameter, then the builder.
 *
 * @param value any
 */
record Seed(long value) {
  /** A system property, or a line in {@code junit-platform.properties}. */
  static final String PARAMETER = "mailflow.seed";

  private static final long STANDARD = 1;
  private static final String ANY = "random";

  /**
   * The one to take.
   *
   * @throws IllegalArgumentException when the parameter is neither a number nor {@code random}
   */
  static Seed of(Optional<String> parameter, OptionalLong chosen) {
    return parameter
        .map(String::strip)
        .map(Seed::parse)
        .orElseGet(() -> new Seed(chosen.orElse(STANDARD)));
  }

  private static Seed parse(String text) {
    if (text.equals(ANY)) {
      return new Seed(ThreadLocalRandom.current().nextLong());
    }
    try {
      return new Seed(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          PARAMETER + ": \"" + text + "\" (expected: a number, or " + ANY + ")", e);
    }
  }

  /** What to say to have it once more. */
  @Override
  public String toString() {
    return "-D" + PARAMETER + "=" + value;
  }
}
