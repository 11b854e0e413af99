package io.github.mailflowlab.alerting;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts by subject, and whether there are more than a policy allows. A thousand subjects are
 * remembered, those that were heard of last, since a subject may be a peer's choice. Counted on the
 * queue's thread and judged on the service's, so under a lock for a few instructions.
 */
final class RateCounts {
  static final int MAX_SUBJECTS = 1000;

  /** What is known of one subject. */
  private static final class Tally {
    private final SlidingCount recent;
    private String connector = "";
    private Optional<LastError> last = Optional.empty();

    /** Since when there are too many; null while there are not. */
    private @Nullable Instant since;

    /** How many the last look found. */
    private long shown;

    private Tally(FurtherPolicies.Rate limit) {
      this.recent = new SlidingCount(limit.window());
    }
  }

  private final FurtherPolicies.Rate limit;

  /** In the order of hearing. */
  private final Map<String, Tally> tallies = new LinkedHashMap<>(16, 0.75f, true);

  RateCounts(FurtherPolicies.Rate limit) {
    this.limit = limit;
  }

  /** Counts one; returns whether that is worth a look: too many, or a tenth more of them. */
  synchronized boolean add(String subject, String connector, LastError last, Instant when) {
    Tally tally = tally(subject);
    tally.connector = connector;
    tally.last = Optional.of(last);
    tally.recent.add(when, 1);
    long count = tally.recent.sum(when);
    if (count < limit.count()) {
      return false;
    }
    if (tally.since == null) {
      tally.since = when;
      return true;
    }
    return count >= tally.shown + Math.max(1, tally.shown / 10);
  }

  /** As of now, with details that follow the count. */
  synchronized Verdict judge(String subject, String details, Instant now) {
    Tally tally = tallies.get(subject);
    if (tally == null) {
      return Verdict.QUIET;
    }
    long count = tally.recent.sum(now);
    if (count < limit.count()) {
      tally.since = null;
      return Verdict.QUIET;
    }
    Instant since = tally.since == null ? now : tally.since;
    tally.since = since;
    tally.shown = count;
    String text = count + " " + details + " within " + limit.window() + ".";
    return Verdict.trouble(
        new Verdict.Trouble(tally.connector, since, count, limit.count(), tally.last, text),
        tally.recent.nextLoss());
  }

  /** Takes an earlier run's counts for what they were when it looked last. */
  synchronized void goOn(Alert alert) {
    Tally tally = tally(alert.subject());
    tally.connector = alert.connector();
    tally.last = alert.lastError();
    tally.recent.add(alert.updated(), alert.count());
    tally.since = alert.raised();
  }

  private Tally tally(String subject) {
    Tally tally = tallies.computeIfAbsent(subject, name -> new Tally(limit));
    if (tallies.size() > MAX_SUBJECTS) {
      tallies.remove(tallies.keySet().iterator().next());
    }
    return tally;
  }
}
