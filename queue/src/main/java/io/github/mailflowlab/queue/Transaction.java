package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.spool.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes that become durable together, and what to tell once they are. Confined to the queue's
 * thread.
 */
final class Transaction {
  private final List<Change> changes = new ArrayList<>();
  private final List<ConnectorEvent> events = new ArrayList<>();

  void add(Change change) {
    changes.add(change);
  }

  void addAll(List<Change> more) {
    changes.addAll(more);
  }

  /** Adds what another transaction would do. */
  void addAll(Transaction other) {
    changes.addAll(other.changes);
    events.addAll(other.events);
  }

  /** Adds to a message's trace. */
  void trace(Optional<String> connector, String message, TraceEvent event) {
    changes.add(new Change.MessageEvent(message, event));
    events.add(new ConnectorEvent(connector, Optional.of(message), event));
  }

  /** Adds to the traces of all messages in the queue. */
  void trace(HopQueue queue, TraceEvent event) {
    changes.add(new Change.QueueEvent(queue.number(), queue.probes(), event));
    events.add(
        new ConnectorEvent(Optional.of(queue.nextHop().connector()), Optional.empty(), event));
  }

  /** Adds to the traces of all messages in the queue what an operator did to it. */
  void traceOperation(HopQueue queue, TraceEvent event) {
    changes.add(new Change.QueueOperation(queue.number(), event));
    events.add(
        new ConnectorEvent(Optional.of(queue.nextHop().connector()), Optional.empty(), event));
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  List<Change> changes() {
    return changes;
  }

  List<ConnectorEvent> events() {
    return events;
  }
}
