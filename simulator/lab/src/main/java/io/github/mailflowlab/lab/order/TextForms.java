package io.github.mailflowlab.lab.order;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Forms of text that several keys share. */
final class TextForms {
  /** Nobody waits longer, and an instant so far ahead is still one. */
  static final Duration LONGEST = Duration.ofDays(3_660);

  static final String DURATION = "a duration such as PT30S, at most " + LONGEST;

  private TextForms() {}

  static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(TextForms::isReasonable)
          .filter(read -> !read.isZero());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static boolean isReasonable(Duration duration) {
    return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
  }

  /** A number without a sign. */
  static Optional<Integer> number(String text, int min, int max) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max)
        : Optional.empty();
  }
}
