package io.github.mailflowlab.alerting;

import java.time.Duration;
import java.util.Optional;

/**
 * The policies beside "Messages have been delayed"; each is off unless it is present. Exchange has
 * most of them for reports only, so that none is on by default.
 *
 * @param oldestAge for how long the oldest message behind a connector may wait
 * @param silence for how long nothing may get through a connector though mail is tried
 * @param failureShare how many of the attempts of a connector may fail with one code
 * @param returns how many recipients behind a connector may be given up
 * @param invalidRecipients how many recipients of one domain may turn out not to exist
 * @param certificateExpiry how long before its end a server's certificate is worth an alert
 * @param spool whether it is worth an alert that outcomes cannot be recorded
 */
public record FurtherPolicies(
    Optional<Duration> oldestAge,
    Optional<Duration> silence,
    Optional<Share> failureShare,
    Optional<Rate> returns,
    Optional<Rate> invalidRecipients,
    Optional<Duration> certificateExpiry,
    boolean spool) {
  public static final FurtherPolicies NONE =
      new FurtherPolicies(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false);

  /** What a policy means that is asked for without figures. Ours: Exchange names none. */
  public static final FurtherPolicies STANDARD =
      new FurtherPolicies(
          Optional.of(Duration.ofHours(4)),
          Optional.of(Duration.ofHours(1)),
          Optional.of(new Share(50, 20, Duration.ofHours(1))),
          Optional.of(new Rate(50, Duration.ofHours(1))),
          Optional.of(new Rate(InvalidRecipientQuota.WARNING, InvalidRecipientQuota.WINDOW)),
          Optional.of(Duration.ofDays(30)),
          true);

  /**
   * So many within such a time.
   *
   * @param count at least 1
   * @param window more than nothing
   */
  public record Rate(int count, Duration window) {
    public Rate {
      if (count < 1) {
        throw new IllegalArgumentException("count: " + count + " (expected: at least 1)");
      }
      requirePositive(window);
    }
  }

  /**
   * Such a part of all within such a time.
   *
   * @param percent from 1 to 100
   * @param atLeast how many there must be in all, at least 1
   * @param window more than nothing
   */
  public record Share(int percent, int atLeast, Duration window) {
    public Share {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("percent: " + percent + " (expected: 1 to 100)");
      }
      if (atLeast < 1) {
        throw new IllegalArgumentException("atLeast: " + atLeast + " (expected: at least 1)");
      }
      requirePositive(window);
    }
  }

  private static void requirePositive(Duration window) {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("window: " + window + " (expected: more than nothing)");
    }
  }
}
