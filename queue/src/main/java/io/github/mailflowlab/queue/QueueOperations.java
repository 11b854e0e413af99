package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.spool.Change;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What operators do to whole queues. A suspended queue takes mail and starts no attempt; what is
 * under way ends by itself, and expiry goes on. It takes effect when it is durable. Confined to the
 * queue's thread.
 */
record QueueOperations(QueuePorts ports, HopQueues queues, Journal journal, Dispatcher dispatcher) {

  void suspend(
      HopQueue queue, boolean suspend, Order order, CompletableFuture<OperationResult> result) {
    if (queue.isSuspended() == suspend) {
      result.complete(unchanged("Queue " + Views.queueId(queue.number()), suspend));
      return;
    }
    Transaction transaction = new Transaction();
    transaction.add(new Change.SuspendQueue(queue.number(), suspend));
    trace(transaction, queue, suspend, order);
    journal.write(
        transaction,
        () -> {
          queue.suspend(suspend);
          dispatcher.pump(queue);
          result.complete(OperationResult.DONE);
        });
  }

  void suspendConnector(
      String connector, boolean suspend, Order order, CompletableFuture<OperationResult> result) {
    List<HopQueue> concerned = queues.of(connector);
    if (concerned.isEmpty() && !isConfigured(connector)) {
      result.complete(OperationResult.UNKNOWN);
      return;
    }
    if (queues.isSuspended(connector) == suspend) {
      result.complete(unchanged("Connector '" + connector + "'", suspend));
      return;
    }
    Transaction transaction = new Transaction();
    transaction.add(new Change.SuspendConnector(connector, suspend));
    concerned.forEach(queue -> trace(transaction, queue, suspend, order));
    journal.write(
        transaction,
        () -> {
          queues.suspend(connector, suspend);
          queues.of(connector).forEach(this::goOn);
          result.complete(OperationResult.DONE);
        });
  }

  /** Probes the next hop of a queue in Retry now, and says so in the trace. */
  RetryResult retry(HopQueue queue, Order order) {
    if (!queues.isOpen() || !dispatcher.probeNow(queue)) {
      return RetryResult.NOT_IN_RETRY;
    }
    Transaction transaction = new Transaction();
    trace(transaction, queue, TraceEvent.Kind.RETRY, order.told("Queue retried"));
    journal.write(transaction, () -> {});
    return RetryResult.STARTED;
  }

  private boolean isConfigured(String connector) {
    return ports.connectors().get().stream().map(Connector::name).anyMatch(connector::equals);
  }

  private void goOn(HopQueue queue) {
    queue.lookIntoSpool();
    dispatcher.pump(queue);
  }

  private static OperationResult unchanged(String what, boolean suspend) {
    return OperationResult.notApplicable(
        what + (suspend ? " is suspended already." : " is not suspended."));
  }

  private void trace(Transaction transaction, HopQueue queue, boolean suspend, Order order) {
    trace(
        transaction,
        queue,
        suspend ? TraceEvent.Kind.SUSPEND : TraceEvent.Kind.RESUME,
        order.told(suspend ? "Queue suspended" : "Queue resumed"));
  }

  private void trace(Transaction transaction, HopQueue queue, TraceEvent.Kind kind, String detail) {
    transaction.traceOperation(
        queue,
        new TraceEvent(ports.now(), kind, Optional.empty(), Optional.empty(), detail, List.of()));
  }
}
