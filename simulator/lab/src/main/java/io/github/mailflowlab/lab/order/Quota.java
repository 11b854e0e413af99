package io.github.mailflowlab.lab.order;

import java.time.Duration;
import java.util.Optional;

/**
 * So many are let pass in any window of that length on the lab's clock.
 *
 * @param count 1 to 10,000
 * @param window of time
 */
public record Quota(int count, Duration window) {
  static final String FORM = "a number and a duration such as 100/PT1H";
  private static final int MOST = 10_000;

  public Quota {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count: " + count + " (expected: 1 to " + MOST + ")");
    }
  }

  static Optional<Quota> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Optional<Integer> count = TextForms.number(parts[0].strip(), 1, MOST);
    return count.flatMap(
        number -> TextForms.duration(parts[1].strip()).map(window -> new Quota(number, window)));
  }

  @Override
  public String toString() {
    return count + "/" + window;
  }
}
