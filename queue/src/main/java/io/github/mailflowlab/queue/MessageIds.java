package io.github.mailflowlab.queue;

import java.time.Instant;

/**
 * Makes ids: the millisecond and a counter in base 36, eleven characters wide, so that their order
 * as text is the order of making. Confined to the queue's thread.
 */
final class MessageIds {
  private static final int WIDTH = 11;
  private static final int COUNTER_BITS = 12;

  private long last;

  /** Makes greater ids than this one, whatever the clock says. */
  void continueAfter(String id) {
    last = Math.max(last, Long.parseLong(id, Character.MAX_RADIX));
  }

  String next(Instant now) {
    last = Math.max(last + 1, now.toEpochMilli() << COUNTER_BITS);
    return text(last);
  }

  /** What is less was made before that instant. */
  static String leastOf(Instant instant) {
    return text(Math.max(0, instant.toEpochMilli()) << COUNTER_BITS);
  }

  private static String text(long id) {
    String digits = Long.toString(id, Character.MAX_RADIX);
    return "0".repeat(Math.max(0, WIDTH - digits.length())) + digits;
  }
}
