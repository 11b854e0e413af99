package io.github.mailflowlab.retry;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait after each failed attempt. Text form: durations with an optional count, the last
 * one for ever, for example {@code PT1M*4 PT5M*6 PT10M}.
 *
 * @param steps at least one; the count of the last does not matter
 */
public record RetrySchedule(List<Step> steps) {
  /** No message lives longer, and sums with it cannot overflow. */
  public static final Duration MAX_DELAY = Duration.ofHours(24);

  /** The same wait, several times. */
  public record Step(Duration delay, int count) {
    public Step {
      if (delay.isNegative() || delay.isZero() || delay.compareTo(MAX_DELAY) > 0) {
        throw new IllegalArgumentException(
            "delay: " + delay + " (expected: positive, at most PT24H)");
      }
      if (count < 1) {
        throw new IllegalArgumentException("count: " + count + " (expected: at least 1)");
      }
    }

    @Override
    public String toString() {
      return count == 1 ? delay.toString() : delay + "*" + count;
    }
  }

  public RetrySchedule {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps: none (expected: at least one)");
    }
  }

  /** Reads the text form; empty when it is none. */
  public static Optional<RetrySchedule> parse(String text) {
    List<Step> steps = new ArrayList<>();
    try {
      for (String word : text.strip().split("\\s+")) {
        String[] parts = word.split("\\*", 2);
        int count = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        steps.add(new Step(Duration.parse(parts[0]), count));
      }
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new RetrySchedule(steps));
  }

  static RetrySchedule of(String text) {
    return parse(text).orElseThrow();
  }

  /**
   * The wait after a failed attempt.
   *
   * @param failures how many attempts have failed in a row, at least 1
   */
  public Duration delayAfter(int failures) {
    int left = failures;
    for (Step step : steps) {
      if (left <= step.count()) {
        return step.delay();
      }
      left -= step.count();
    }
    return steps.get(steps.size() - 1).delay();
  }

  @Override
  public String toString() {
    return String.join(" ", steps.stream().map(Step::toString).toList());
  }
}
