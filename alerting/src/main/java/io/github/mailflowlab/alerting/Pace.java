package io.github.mailflowlab.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often one subject may be looked at. Confined to the alert service's thread. */
final class Pace {
  static final int LOOKS = 10;
  static final Duration SPAN = Duration.ofSeconds(1);

  private final Duration span;
  private Instant since = Instant.MIN;
  private int looks;

  /**
   * So many looks per second of the lab, and more where a policy is less patient than that: no look
   * is put off for longer than a message takes to count as delayed.
   */
  Pace(Duration patience) {
    this.span = patience.compareTo(SPAN) < 0 ? patience : SPAN;
  }

  /** Takes a look, or tells from when on there is one again. */
  Optional<Instant> pause(Instant now) {
    if (!now.isBefore(since.plus(span))) {
      since = now;
      looks = 0;
    }
    if (looks < LOOKS || span.isZero()) {
      looks++;
      return Optional.empty();
    }
    return Optional.of(since.plus(span));
  }
}
