package io.github.mailflowlab.queue;

import java.time.Duration;

/**
 * How long is kept what is over, on the lab's clock. What waits is never touched, nor is what lies
 * in mailboxes.
 *
 * @param messages finished ones, with content and trace, since they were received
 * @param trace each of its events
 */
public record Retention(Duration messages, Duration trace) {
  /** Longer than any message waits, so that the trace of what waits is whole. */
  public static final Duration MIN = Duration.ofDays(2);

  public static final Duration MAX = Duration.ofDays(3650);

  /** Ninety days, as the message trace of Exchange Online. */
  public static final Retention DEFAULT = new Retention(Duration.ofDays(90), Duration.ofDays(90));

  public Retention {
    check("messages", messages);
    check("trace", trace);
  }

  private static void check(String name, Duration value) {
    if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + MIN + " to " + MAX + ")");
    }
  }
}
