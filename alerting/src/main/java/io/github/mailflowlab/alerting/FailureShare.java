package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Such a part of what was tried through a connector lately failed with one and the same code. A
 * delivery and a refusal count once per recipient, a next hop that cannot be reached once per
 * probe; what expires was counted when it was tried.
 */
final class FailureShare implements Policy {
  private static final Title TITLE =
      new Title("Many attempts fail alike", "Medium", "AttemptsFailed");

  private final FurtherPolicies.Share limit;
  private final Map<String, ShareCounts> counts = new ConcurrentHashMap<>();

  FailureShare(FurtherPolicies.Share limit) {
    this.limit = limit;
  }

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    return event.connector().filter(connector -> isDrawnBy(counts(connector), event.trace()));
  }

  private static boolean isDrawnBy(ShareCounts counts, TraceEvent trace) {
    return switch (trace.kind()) {
      case SEND -> counts.delivered(trace.time());
      case DEFER, FAIL ->
          trace.code().isPresent()
              && !isExpiry(trace.code().get())
              && counts.failed(trace.code().get(), trace.time());
      case RECEIVE, SUBMIT, DELIVER, EXPAND, DSN, SUSPEND, RESUME, RETRY, RESUBMIT, REMOVE -> false;
    };
  }

  private static boolean isExpiry(EnhancedStatusCode code) {
    return code.isPermanent()
        && (ConnectorStatus.of(code).isPresent() || code.equals(ReturnStatus.EXPIRED.code()));
  }

  @Override
  public Verdict judge(String connector, Instant now) {
    ShareCounts known = counts.get(connector);
    return known == null ? Verdict.QUIET : known.judge(connector, now);
  }

  @Override
  public void goOn(Alert alert) {
    alert.lastError().ifPresent(error -> counts(alert.subject()).goOn(error.status(), alert));
  }

  @Override
  public List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Refusals.advice(trouble, type);
  }

  private ShareCounts counts(String connector) {
    return counts.computeIfAbsent(connector, name -> new ShareCounts(limit));
  }
}
