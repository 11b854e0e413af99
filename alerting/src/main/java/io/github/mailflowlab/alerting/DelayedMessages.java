package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * So many messages behind one connector have been queued for so long. Exact without ticking: the
 * instant when waiting alone makes it due is the receipt of the threshold-th oldest message plus
 * that time.
 */
final class DelayedMessages implements Policy {
  private final Title title;
  private final int threshold;
  private final Duration delayedFor;
  private final Backlog.View backlogs;
  private final Map<String, Attention> attentions = new ConcurrentHashMap<>();

  private DelayedMessages(Title title, int threshold, Duration delayedFor, Backlog.View backlogs) {
    this.title = title;
    this.threshold = threshold;
    this.delayedFor = delayedFor;
    this.backlogs = backlogs;
  }

  /** Exchange's own policy (exchange-online-behaviour 5.1). */
  static Policy messagesDelayed(int threshold, Duration delayedFor, Backlog.View backlogs) {
    Title title = new Title("Messages have been delayed", "High", "MessagesQueued");
    return new DelayedMessages(title, threshold, delayedFor, backlogs);
  }

  /** A single message is enough when it has waited for very long. */
  static Policy oldestAge(Duration age, Backlog.View backlogs) {
    Title title = new Title("A message has been delayed for long", "Medium", "MessagesQueued");
    return new DelayedMessages(title, 1, age, backlogs);
  }

  @Override
  public Title title() {
    return title;
  }

  @Override
  public Duration patience() {
    return delayedFor;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    return event.connector().filter(connector -> attention(connector).isDrawnBy(event));
  }

  @Override
  public Verdict judge(String connector, Instant now) {
    Attention attention = attention(connector);
    attention.lookBegins();
    Backlog backlog;
    try {
      backlog = backlogs.backlog(connector, now.minus(delayedFor), threshold);
    } catch (RuntimeException e) {
      attention.foundNothing();
      throw e;
    }
    // Decided by this instant rather than by the count, so that a look can never be due and yet
    // find nothing to do.
    Optional<Instant> due = backlog.thresholdReceived().map(received -> received.plus(delayedFor));
    boolean delayed = due.isPresent() && !due.get().isAfter(now);
    Verdict verdict =
        delayed
            ? Verdict.trouble(trouble(backlog, due.get()), Optional.empty())
            : Verdict.quiet(due);
    return verdict.stale(attention.found(backlog, delayed));
  }

  private Verdict.Trouble trouble(Backlog backlog, Instant since) {
    return new Verdict.Trouble(
        backlog.connector(),
        since,
        backlog.delayed(),
        threshold,
        backlog.lastError(),
        "Mail behind the connector \""
            + backlog.connector()
            + "\" does not get through: "
            + backlog.delayed()
            + " delayed.");
  }

  private Attention attention(String connector) {
    return attentions.computeIfAbsent(connector, name -> new Attention(threshold));
  }
}
