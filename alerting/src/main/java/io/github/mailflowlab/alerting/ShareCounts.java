package io.github.mailflowlab.alerting;

import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was tried through one connector lately, and how it failed. Counted on the queue's thread and
 * judged on the service's, so under a lock for a few instructions.
 */
final class ShareCounts {
  /** Codes of their own; what else a peer thinks of counts as its class. */
  private static final int MAX_CODES = 20;

  private final FurtherPolicies.Share limit;
  private final SlidingCount all;
  private final Map<EnhancedStatusCode, SlidingCount> failures = new HashMap<>();

  /** Since when the share is too great; null while it is not. */
  private @Nullable Instant since;

  /** How many failures the last look found. */
  private long shown;

  ShareCounts(FurtherPolicies.Share limit) {
    this.limit = limit;
    this.all = new SlidingCount(limit.window());
  }

  /** Returns whether a look is due: the share was too great and is no more. */
  synchronized boolean delivered(Instant when) {
    all.add(when, 1);
    return since != null && !isTooGreat(when);
  }

  /** Returns whether a look is due: the share became too great, or a tenth more failed. */
  synchronized boolean failed(EnhancedStatusCode code, Instant when) {
    all.add(when, 1);
    count(code).add(when, 1);
    if (!isTooGreat(when)) {
      return since != null;
    }
    if (since == null) {
      since = when;
      return true;
    }
    return worst(when).getValue() >= shown + Math.max(1, shown / 10);
  }

  synchronized void goOn(EnhancedStatusCode code, Alert alert) {
    all.add(alert.updated(), alert.count());
    count(code).add(alert.updated(), alert.count());
    since = alert.raised();
  }

  synchronized Verdict judge(String connector, Instant now) {
    if (!isTooGreat(now)) {
      since = null;
      return Verdict.QUIET;
    }
    Map.Entry<EnhancedStatusCode, Long> worst = worst(now);
    Instant begin = since == null ? now : since;
    since = begin;
    shown = worst.getValue();
    EnhancedStatusCode code = worst.getKey();
    String details =
        shown
            + " of "
            + all.sum(now)
            + " attempts through the connector \""
            + connector
            + "\" within "
            + limit.window()
            + " failed with "
            + code
            + ".";
    String reply = (code.isPermanent() ? "550 " : "450 ") + code;
    return Verdict.trouble(
        new Verdict.Trouble(
            connector,
            begin,
            shown,
            limit.atLeast(),
            Optional.of(Refusals.of(code, reply)),
            details),
        all.nextLoss());
  }

  private boolean isTooGreat(Instant now) {
    long tried = all.sum(now);
    return tried >= limit.atLeast()
        && !failures.isEmpty()
        && worst(now).getValue() * 100 >= limit.percent() * tried;
  }

  private Map.Entry<EnhancedStatusCode, Long> worst(Instant now) {
    return failures.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().sum(now)))
        .max(Map.Entry.comparingByValue())
        .orElseThrow();
  }

  private SlidingCount count(EnhancedStatusCode code) {
    EnhancedStatusCode kept =
        failures.containsKey(code) || failures.size() < MAX_CODES
            ? code
            : new EnhancedStatusCode(code.statusClass(), 0, 0);
    return failures.computeIfAbsent(kept, any -> new SlidingCount(limit.window()));
  }
}
