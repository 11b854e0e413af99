package io.github.mailflowlab.alerting;

import java.time.Duration;

/**
 * When the policy "Messages have been delayed" fires (exchange-online-behaviour 5.1).
 *
 * @param threshold how many messages must be delayed, at least 1
 * @param delayedFor how long a message is queued before it counts as delayed, not negative
 */
public record AlertSettings(int threshold, Duration delayedFor) {
  /** 200 messages, an hour: the smaller of the two thresholds that Microsoft's pages name. */
  public static final AlertSettings DEFAULT = new AlertSettings(200, Duration.ofHours(1));

  public AlertSettings {
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold: " + threshold + " (expected: at least 1)");
    }
    if (delayedFor.isNegative()) {
      throw new IllegalArgumentException("delayedFor: " + delayedFor + " (expected: not negative)");
    }
  }
}
