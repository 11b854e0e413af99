package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * So many recipients of one domain turned out not to exist lately that the {@link
 * InvalidRecipientQuota} is in sight: this warns and does nothing.
 */
final class InvalidRecipients implements Policy {
  private static final Title TITLE =
      new Title("Many recipients do not exist", "Medium", "InvalidRecipients");

  private final RateCounts counts;

  InvalidRecipients(FurtherPolicies.Rate limit) {
    this.counts = new RateCounts(limit);
  }

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    if (!InvalidRecipientQuota.isSpentBy(trace)) {
      return Optional.empty();
    }
    String connector = event.connector().orElse("");
    return trace
        .recipient()
        .map(Mailbox::domain)
        .map(Object::toString)
        .filter(domain -> counts.add(domain, connector, Refusals.lastError(trace), trace.time()));
  }

  @Override
  public Verdict judge(String domain, Instant now) {
    return counts.judge(domain, "recipients of " + domain + " did not exist", now);
  }

  @Override
  public void goOn(Alert alert) {
    counts.goOn(alert);
  }

  @Override
  public List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Advice.topic("invalid-recipients").forType(type);
  }
}
