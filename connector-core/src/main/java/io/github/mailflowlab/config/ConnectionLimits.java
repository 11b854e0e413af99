package io.github.mailflowlab.config;

import java.time.Duration;

/**
 * How long a connection is kept for further messages.
 *
 * @param messages the most that one connection carries, at least 1; 1 keeps none
 * @param idle how long it waits for the next one, on the wall clock and on the lab's
 */
public record ConnectionLimits(int messages, Duration idle) {
  /** Exchange sends 20 messages over a connection; two seconds are enough under load. */
  public static final ConnectionLimits DEFAULT = new ConnectionLimits(20, Duration.ofSeconds(2));

  /** A connection for each message. */
  public static final ConnectionLimits NONE_KEPT = new ConnectionLimits(1, Duration.ofSeconds(2));

  public ConnectionLimits {
    if (messages < 1) {
      throw new IllegalArgumentException("messages: " + messages + " (expected: at least 1)");
    }
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle: " + idle + " (expected: positive)");
    }
  }
}
