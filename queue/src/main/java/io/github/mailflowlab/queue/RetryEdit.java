package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a message due in each of its queues that tries messages. Where a queue waits as a whole,
 * one message cannot go ahead. Confined to the queue's thread.
 */
record RetryEdit(QueuePorts ports, HopQueues queues) implements MessageEdit {
  @Override
  public Optional<String> edit(SpooledMail mail, Transaction transaction, Instant now) {
    if (mail.isSuspended()) {
      return Optional.of("is suspended; resume it first");
    }
    List<SpooledEntry> open = mail.entries().stream().filter(SpooledEntry::isOpen).toList();
    List<SpooledEntry> free =
        open.stream().filter(entry -> obstacle(queues.of(entry.queue())).isEmpty()).toList();
    if (free.isEmpty()) {
      return open.stream()
          .findFirst()
          .flatMap(entry -> obstacle(queues.of(entry.queue())))
          .or(() -> Optional.of("waits in no queue"));
    }
    free.forEach(entry -> makeDue(mail, entry, transaction, now));
    return Optional.empty();
  }

  private Optional<String> obstacle(HopQueue queue) {
    String id = Views.queueId(queue.number());
    if (queues.isSuspended(queue) || ports.connector(queue.nextHop().connector()).isEmpty()) {
      return Optional.of("waits in queue " + id + ", which is suspended");
    }
    return queue.isRetrying()
        ? Optional.of("waits in queue " + id + ", which is in Retry; retry the queue")
        : Optional.empty();
  }

  private static void makeDue(
      SpooledMail mail, SpooledEntry entry, Transaction transaction, Instant now) {
    mail.recipients().stream()
        .filter(SpooledRecipient::isPending)
        .filter(recipient -> recipient.isIn(entry.queue()) && recipient.nextAttempt().isAfter(now))
        .forEach(
            recipient ->
                transaction.add(
                    new Change.UpdateRecipient(mail.message().id(), recipient.due(now))));
    if (entry.nextAttempt().filter(due -> due.isAfter(now)).isPresent()) {
      transaction.add(new Change.UpdateEntry(entry.waiting(entry.attempts(), now)));
    }
  }
}
