package io.github.mailflowlab.lab.pki;

import java.time.Duration;
import java.time.Instant;

/** From when until when a certificate is good, on the clock of the lab. */
record Validity(Instant from, Instant until) {
  /** Long enough that a simulated day, or month, ages nothing. */
  static Validity around(Instant now) {
    return new Validity(now.minus(Duration.ofDays(30)), now.plus(Duration.ofDays(365)));
  }

  static Validity endedBefore(Instant now) {
    return new Validity(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(1)));
  }

  static Validity beginningAfter(Instant now) {
    return new Validity(now.plus(Duration.ofDays(30)), now.plus(Duration.ofDays(395)));
  }

  /** As of a certificate that was issued an hour ago by a clock a day ahead of ours. */
  static Validity ofTomorrow(Instant now) {
    Instant tomorrow = now.plus(Duration.ofDays(1));
    return new Validity(tomorrow.minus(Duration.ofHours(1)), tomorrow.plus(Duration.ofDays(365)));
  }

  /** For authorities, which outlive what they issue. */
  static Validity ofAuthority(Instant now) {
    return new Validity(now.minus(Duration.ofDays(3_650)), now.plus(Duration.ofDays(3_650)));
  }
}
