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

  /**
   * The least id that is made after this instant, its millisecond being over; as long as no more
   * than 4,096 are made in one.
   */
  static String after(Instant instant) {
    return text((instant.toEpochMilli() + 1) << COUNTER_BITS);
  }

  private static String text(long number) {
    String digits = Long.toString(number, Character.MAX_RADIX);
    return "0".repeat(Math.max(0, WIDTH - digits.length())) + digits;
  }
}
