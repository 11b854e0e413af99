package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What operators do to single messages. A message in an attempt waits for its outcome first, so
 * that what the next hop has said is not lost; then it is claimed until the change is durable.
 * Confined to the queue's thread.
 */
final class MessageOperations {
  private final QueuePorts ports;
  private final HopQueues queues;
  private final Claims claims;
  private final Journal journal;
  private final Dispatcher dispatcher;
  private final Runnable looksAgain;
  private final Returns returns;
  private final Admission admission;

  MessageOperations(
      QueuePorts ports,
      HopQueues queues,
      Claims claims,
      Journal journal,
      Dispatcher dispatcher,
      Runnable looksAgain,
      Returns returns,
      Admission admission) {
    this.ports = ports;
    this.queues = queues;
    this.claims = claims;
    this.journal = journal;
    this.dispatcher = dispatcher;
    this.looksAgain = looksAgain;
    this.returns = returns;
    this.admission = admission;
  }

  /** Does it as soon as no attempt is under way, and completes the result once it is durable. */
  void run(
      String id,
      MessageOperation operation,
      Order order,
      CompletableFuture<OperationResult> result) {
    try {
      runOrWait(id, operation, order, result);
    } catch (UncheckedIOException e) {
      result.completeExceptionally(e);
    }
  }

  private void runOrWait(
      String id,
      MessageOperation operation,
      Order order,
      CompletableFuture<OperationResult> result) {
    Optional<SpooledMail> mail = ports.spool().mail(id);
    if (mail.isEmpty()) {
      result.complete(OperationResult.UNKNOWN);
    } else if (isBusy(mail.get())) {
      claims.await(id, () -> run(id, operation, order, result));
    } else {
      Transaction transaction = new Transaction();
      Optional<String> obstacle = edit(mail.get(), operation, order, transaction);
      if (obstacle.isPresent()) {
        result.complete(
            OperationResult.notApplicable("Message " + id + " " + obstacle.get() + "."));
      } else {
        write(transaction, List.of(mail.get()), () -> result.complete(OperationResult.DONE));
      }
    }
  }

  /** Whether it has to wait for an attempt, for another change, or until it has arrived. */
  private boolean isBusy(SpooledMail mail) {
    return mail.isArriving()
        || claims.holds(mail.message().id())
        || !queues.attempts(mail).isEmpty();
  }

  private Optional<String> edit(
      SpooledMail mail, MessageOperation operation, Order order, Transaction transaction) {
    MessageStatus status = MessageStatus.of(mail.message().state());
    if (status != MessageStatus.PENDING) {
      return Optional.of("is " + status.label() + " already");
    }
    Instant now = ports.now();
    Transaction changes = new Transaction();
    Optional<String> obstacle = edit(operation).edit(mail, changes, now);
    if (obstacle.isEmpty()) {
      transaction.trace(
          connector(mail),
          mail.message().id(),
          new TraceEvent(
              now,
              operation.kind(),
              Optional.empty(),
              Optional.empty(),
              order.told(operation.done()),
              List.of()));
      transaction.addAll(changes);
    }
    return obstacle;
  }

  private MessageEdit edit(MessageOperation operation) {
    return switch (operation) {
      case SUSPEND -> new SuspendEdit(true);
      case RESUME -> new SuspendEdit(false);
      case RETRY -> new RetryEdit(ports, queues);
      case REMOVE -> new RemoveEdit(queues, returns, false);
      case RETURN -> new RemoveEdit(queues, returns, true);
      case REROUTE -> new RerouteEdit(ports, queues, admission, Optional.empty());
      case REROUTE_OR_RETURN -> new RerouteEdit(ports, queues, admission, Optional.of(returns));
    };
  }

  private Optional<String> connector(SpooledMail mail) {
    return mail.entries().stream()
        .filter(SpooledEntry::isOpen)
        .findFirst()
        .map(entry -> queues.of(entry.queue()).nextHop().connector());
  }

  private void write(Transaction transaction, List<SpooledMail> mails, Runnable whenDurable) {
    mails.forEach(mail -> claims.take(mail.message().id()));
    journal.write(
        transaction,
        () -> {
          whenDurable.run();
          mails.forEach(mail -> claims.release(mail.message().id()));
          goOn(transaction);
        });
  }

  /** Looks at all queues that may have something to do now. */
  private void goOn(Transaction transaction) {
    Set<HopQueue> touched = new LinkedHashSet<>();
    for (Change change : transaction.changes()) {
      if (change instanceof Change.UpdateEntry update) {
        touched.add(queues.of(update.entry().queue()));
      } else if (change instanceof Change.JoinQueue join) {
        touched.add(queues.of(join.entry().queue()));
      }
    }
    touched.forEach(
        queue -> {
          queue.markStored();
          queue.lookIntoSpool();
          dispatcher.pump(queue);
        });
    looksAgain.run();
  }
}
