package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes decisions of the queue durable. A decision cannot be taken back (the next hop has the
 * mail), so it is written again until the disk takes it; what depends on it waits as long, and so
 * delivery pauses while outcomes cannot be recorded. Confined to the queue's thread.
 */
final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** When a write or a read that failed is tried again. */
  static final Duration DISK_RETRY = Duration.ofSeconds(10);

  private final QueuePorts ports;
  private final FreshMail fresh;
  private boolean writable = true;

  Journal(QueuePorts ports, FreshMail fresh) {
    this.ports = ports;
    this.fresh = fresh;
  }

  /** Writes, tells the events, then runs the task. At once when there is nothing to write. */
  void write(Transaction transaction, Runnable whenDurable) {
    assert ports.thread().isCurrent();
    if (transaction.isEmpty()) {
      whenDurable.run();
      return;
    }
    transaction.changes().forEach(change -> change.touched().ifPresent(fresh::forget));
    ports
        .thread()
        .after(
            ports.spool().commit(transaction.changes()),
            (done, failure) -> {
              note(failure == null);
              if (failure == null) {
                tell(transaction);
                whenDurable.run();
              } else {
                log.error("an outcome could not be recorded, trying again: {}", failure.toString());
                again(transaction, whenDurable);
              }
            });
  }

  /** Tells the events of a transaction that is durable. */
  void tell(Transaction transaction) {
    for (ConnectorEvent event : transaction.events()) {
      try {
        ports.events().on(event);
      } catch (RuntimeException e) {
        // It is not allowed to, but it shall not stop the mail.
        log.error("a listener failed on {}", event.trace().kind(), e);
      }
    }
  }

  private void note(boolean works) {
    if (works != writable) {
      writable = works;
      try {
        ports.events().onSpool(works);
      } catch (RuntimeException e) {
        log.error("a listener failed on the spool's state", e);
      }
    }
  }

  private void again(Transaction transaction, Runnable whenDurable) {
    ports
        .scheduler()
        .schedule(
            ports.now().plus(DISK_RETRY),
            () -> ports.thread().post(() -> write(transaction, whenDurable)));
  }
}
