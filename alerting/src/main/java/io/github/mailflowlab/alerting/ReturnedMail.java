package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** So many recipients behind one connector were given up lately, whatever the reason. */
final class ReturnedMail implements Policy {
  private static final Title TITLE =
      new Title("Many messages have been returned", "Medium", "MessagesReturned");

  private final RateCounts counts;

  ReturnedMail(FurtherPolicies.Rate limit) {
    this.counts = new RateCounts(limit);
  }

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    if (trace.kind() != TraceEvent.Kind.FAIL || trace.code().isEmpty()) {
      return Optional.empty();
    }
    return event
        .connector()
        .filter(name -> counts.add(name, name, Refusals.lastError(trace), trace.time()));
  }

  @Override
  public Verdict judge(String connector, Instant now) {
    String details = "recipients behind the connector \"" + connector + "\" were given up";
    return counts.judge(connector, details, now);
  }

  @Override
  public void goOn(Alert alert) {
    counts.goOn(alert);
  }

  @Override
  public List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Refusals.advice(trouble, type);
  }
}
