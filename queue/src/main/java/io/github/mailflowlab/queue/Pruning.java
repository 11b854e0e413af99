package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.Spool;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is over and was kept long enough, a small transaction at a time: finished messages,
 * events, and then the queues that nothing refers to any more. Nothing ticks: it looks when mail
 * comes, once in an hour at most, because a spool that gets no mail does not grow. Confined to the
 * queue's thread.
 */
final class Pruning {
  private static final Logger log = LoggerFactory.getLogger(Pruning.class);

  private static final Duration PAUSE = Duration.ofHours(1);

  /** Deleted in one transaction. */
  private static final int MESSAGES = 100;

  private static final int EVENTS = 1000;

  private final QueuePorts ports;
  private final HopQueues queues;
  private final Journal journal;
  private Instant next = Instant.MIN;
  private boolean running;

  Pruning(QueuePorts ports, HopQueues queues, Journal journal) {
    this.ports = ports;
    this.queues = queues;
    this.journal = journal;
  }

  /** Mail came. */
  void look() {
    Instant now = ports.now();
    if (!running && !now.isBefore(next)) {
      running = true;
      next = now.plus(PAUSE);
      step(now);
    }
  }

  private void step(Instant now) {
    if (!queues.isOpen()) {
      return;
    }
    try {
      Transaction transaction = due(now);
      if (transaction.isEmpty()) {
        findUnused();
      } else {
        journal.write(transaction, () -> step(now));
      }
    } catch (UncheckedIOException e) {
      log.error("retention cannot read the spool, trying again later: {}", e.toString());
      running = false;
    }
  }

  private Transaction due(Instant now) {
    Spool spool = ports.spool();
    Retention retention = ports.settings().retention();
    Transaction transaction = new Transaction();
    String least = MessageIds.leastOf(now.minus(retention.messages()));
    spool.finished(least, MESSAGES).forEach(id -> transaction.add(new Change.DeleteMessage(id)));
    Instant kept = now.minus(retention.trace());
    if (spool.oldestEvent().filter(oldest -> oldest.isBefore(kept)).isPresent()) {
      transaction.add(new Change.DeleteEvents(kept, EVENTS));
    }
    return transaction;
  }

  /** Elsewhere, because it looks at all messages. */
  private void findUnused() {
    if (queues.all().stream().noneMatch(queues::isUnused)) {
      running = false;
      return;
    }
    ports
        .thread()
        .after(
            CompletableFuture.supplyAsync(ports.spool()::unusedQueues),
            (unused, failure) -> {
              running = false;
              if (unused != null) {
                remove(unused);
              } else {
                log.error("retention cannot read the spool: {}", String.valueOf(failure));
              }
            });
  }

  private void remove(List<Long> unused) {
    Transaction transaction = new Transaction();
    for (long number : unused) {
      if (queues.find(number).filter(queues::isUnused).isPresent()) {
        queues.remove(number);
        transaction.add(new Change.DeleteQueue(number));
      }
    }
    journal.write(transaction, () -> {});
  }
}
