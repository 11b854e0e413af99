package io.github.mailflowlab.junit;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.QueueView;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** What a connector has to have done. */
public final class ConnectorAssert extends AbstractAssert<ConnectorAssert, Connector> {
  ConnectorAssert(Connector connector) {
    super(connector, ConnectorAssert.class);
  }

  /** Goes on with a message, which must be known. */
  public MessageAssert message(String id) {
    isNotNull();
    Optional<MessageView> found = actual.message(id);
    if (found.isEmpty()) {
      throw failure("Expected a message with the id %s, but there is none", id);
    }
    return new MessageAssert(found.get());
  }

  /** So many messages wait. */
  public ConnectorAssert hasQueued(long count) {
    isNotNull();
    long queued = actual.queues().stream().mapToLong(QueueView::messageCount).sum();
    if (queued != count) {
      throw failure("Expected %s queued messages, but there are %s", count, queued);
    }
    return this;
  }

  /** So many alerts were raised, resolved ones included. */
  public ConnectorAssert hasRaisedAlerts(int count) {
    isNotNull();
    if (actual.alerts().size() != count) {
      throw failure("Expected %s alerts, but there are %s", count, actual.alerts());
    }
    return this;
  }

  /** No alert is open. */
  public ConnectorAssert hasNoOpenAlert() {
    isNotNull();
    Optional<Alert> open =
        actual.alerts().stream().filter(alert -> alert.resolved().isEmpty()).findFirst();
    if (open.isPresent()) {
      throw failure("Expected no open alert, but there is %s", open.get());
    }
    return this;
  }
}
