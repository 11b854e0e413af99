package io.github.mailflowlab.alerting;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * When there are alerts, first those of the policy "Messages have been delayed"
 * (exchange-online-behaviour 5.1), and who is told.
 *
 * @param threshold how many messages must be delayed, at least 1
 * @param delayedFor how long a message is queued before it counts as delayed, not negative
 * @param dailyLimit of how many alerts of one policy and connector the notifiers are told in a day
 *     (UTC), at least 1; absent for no limit
 * @param webhooks which are told beside the administrators, at most 10
 * @param further the other policies, as far as they are wanted
 */
public record AlertSettings(
    int threshold,
    Duration delayedFor,
    OptionalInt dailyLimit,
    List<Webhook> webhooks,
    FurtherPolicies further) {
  public static final int MAX_WEBHOOKS = 10;

  /**
   * 200 messages, an hour, no daily limit, no webhooks, no other policy: the smaller of the two
   * thresholds that Microsoft's pages name.
   */
  public static final AlertSettings DEFAULT = new AlertSettings(200, Duration.ofHours(1));

  /** Without daily limit, webhooks and other policies. */
  public AlertSettings(int threshold, Duration delayedFor) {
    this(threshold, delayedFor, OptionalInt.empty(), List.of(), FurtherPolicies.NONE);
  }

  public AlertSettings {
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold: " + threshold + " (expected: at least 1)");
    }
    if (delayedFor.isNegative()) {
      throw new IllegalArgumentException("delayedFor: " + delayedFor + " (expected: not negative)");
    }
    if (dailyLimit.isPresent() && dailyLimit.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "dailyLimit: " + dailyLimit.getAsInt() + " (expected: at least 1)");
    }
    webhooks = List.copyOf(webhooks);
    if (webhooks.size() > MAX_WEBHOOKS) {
      throw new IllegalArgumentException(
          "webhooks: " + webhooks.size() + " (expected: at most " + MAX_WEBHOOKS + ")");
    }
  }
}
