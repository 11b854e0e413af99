package io.github.mailflowlab.alerting;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.Optional;

/**
 * What a policy thinks of one subject.
 *
 * @param trouble what there is to tell of; absent when all is well
 * @param again when to look again if nothing happens until then
 * @param isStale whether so much has happened during the look that the next is due
 */
record Verdict(Optional<Trouble> trouble, Optional<Instant> again, boolean isStale) {
  static final Verdict QUIET = quiet(Optional.empty());

  /**
   * What there is to tell of.
   *
   * @param connector empty when none is concerned
   * @param since from when on
   * @param count of whatever the policy counts
   * @param threshold how many of that it takes
   * @param details a sentence or two for people
   */
  record Trouble(
      String connector,
      Instant since,
      long count,
      int threshold,
      Optional<LastError> lastError,
      String details) {
    Trouble withError(Optional<LastError> error) {
      return new Trouble(connector, since, count, threshold, error, details);
    }
  }

  static Verdict quiet(Optional<Instant> again) {
    return new Verdict(Optional.empty(), again, false);
  }

  static Verdict trouble(Trouble trouble, Optional<Instant> again) {
    return new Verdict(Optional.of(trouble), again, false);
  }

  Verdict stale(boolean stale) {
    return new Verdict(trouble, again, stale);
  }
}
