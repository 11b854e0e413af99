package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nothing has got through a connector for a while, though mail was tried and still waits. Counts
 * from the first attempt in vain after the last success; a success ends it, and so does a queue
 * that has become empty in another way.
 */
final class Silence implements Policy {
  private static final Title TITLE =
      new Title("No message gets through", "High", "NothingDelivered");

  private final Duration silence;
  private final Backlog.View backlogs;
  private final Map<String, Instant> failingSince = new ConcurrentHashMap<>();

  Silence(Duration silence, Backlog.View backlogs) {
    this.silence = silence;
    this.backlogs = backlogs;
  }

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    return event.connector().filter(connector -> isDrawnBy(connector, event));
  }

  private boolean isDrawnBy(String connector, ConnectorEvent event) {
    return switch (event.trace().kind()) {
      case DEFER -> failingSince.putIfAbsent(connector, event.trace().time()) == null;
      case SEND -> failingSince.remove(connector) != null;
      case FAIL, RESUBMIT, REMOVE -> failingSince.containsKey(connector);
      case RECEIVE, SUBMIT, DELIVER, EXPAND, DSN, SUSPEND, RESUME, RETRY -> false;
    };
  }

  @Override
  public Verdict judge(String connector, Instant now) {
    Instant since = failingSince.get(connector);
    if (since == null) {
      return Verdict.QUIET;
    }
    Backlog backlog = backlogs.backlog(connector, now, 1);
    if (backlog.queued() == 0) {
      failingSince.remove(connector, since);
      return Verdict.QUIET;
    }
    Instant due = since.plus(silence);
    if (due.isAfter(now)) {
      return Verdict.quiet(Optional.of(due));
    }
    String details =
        "Nothing has got through the connector \""
            + connector
            + "\" since "
            + since
            + ", though mail is tried: "
            + backlog.queued()
            + " waiting.";
    return Verdict.trouble(
        new Verdict.Trouble(connector, due, backlog.queued(), 1, backlog.lastError(), details),
        Optional.empty());
  }

  @Override
  public void goOn(Alert alert) {
    failingSince.put(alert.subject(), alert.raised().minus(silence));
  }
}
