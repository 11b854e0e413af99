package io.github.mailflowlab.queue.spool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written, in order, and what of it goes into one transaction. Any thread adds;
 * the writer's thread alone takes.
 *
 * <p>A sender waits until its mail is stored, but for the outcome of an attempt only the connection
 * waits. So while mail comes in, outcomes alone wait a moment for the next mail and share its
 * flush. Over one session that halves the flushes.
 */
final class CommitQueue {
  /** How long outcomes wait for mail. */
  static final Duration MOMENT = Duration.ofMillis(1);

  private static final Logger log = LoggerFactory.getLogger(CommitQueue.class);
  private static final int MAX_CHANGES = 1024;
  private static final long MAX_OCTETS = 8L << 20;
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Job NUDGE = new Job(List.of(), new CompletableFuture<>());

  /** Changes that are written together, and the future of who handed them in. */
  record Job(List<Change> changes, CompletableFuture<Void> done) {
    private long octets() {
      return changes.stream().mapToLong(Change::octets).sum();
    }

    private boolean bringsMail() {
      return changes.stream().anyMatch(Change.StoreMessage.class::isInstance);
    }
  }

  private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
  private final Duration moment;

  // Of the transaction that is being gathered; confined to the writer's thread.
  private int changes;
  private long octets;
  private boolean mail;

  /** Whether it waits for mail when it has none: so it does after one that brought some. */
  private boolean patient;

  /**
   * An empty one.
   *
   * @param moment {@link #MOMENT}, but in tests
   */
  CommitQueue(Duration moment) {
    this.moment = moment;
  }

  void add(Job job) {
    waiting.add(job);
  }

  /** Lets the writer look up, should it wait here. Any thread. */
  void nudge() {
    waiting.add(NUDGE);
  }

  /**
   * Begins a transaction with all that waits, up to a limit. Waits for some; nothing on a nudge.
   */
  List<Job> take() {
    return begin(within(FOR_EVER));
  }

  /** As {@link #take}, but nothing when nothing has come for so long. */
  List<Job> poll(Duration patience) {
    return begin(within(patience));
  }

  /**
   * What else belongs into the transaction that was begun; nothing when it is time to commit it.
   *
   * @param busy whether it could not be committed now anyway; when that ends there is a nudge
   */
  List<Job> more(BooleanSupplier busy) {
    List<Job> batch = new ArrayList<>();
    boolean looksOn = !isFull();
    while (looksOn && batch.isEmpty()) {
      if (busy.getAsBoolean()) {
        batch = gather(within(FOR_EVER));
      } else if (patient && !mail) {
        Job next = within(moment);
        patient = NUDGE.equals(next);
        batch = gather(next);
      } else {
        looksOn = false;
      }
    }
    return batch;
  }

  private List<Job> begin(@Nullable Job first) {
    patient |= mail;
    changes = 0;
    octets = 0;
    mail = false;
    return gather(first);
  }

  private List<Job> gather(@Nullable Job first) {
    List<Job> batch = new ArrayList<>();
    Job job = first;
    while (job != null) {
      if (!NUDGE.equals(job)) {
        batch.add(job);
        changes += job.changes.size();
        octets += job.octets();
        mail |= job.bringsMail();
      }
      job = isFull() ? null : waiting.poll();
    }
    return batch;
  }

  private boolean isFull() {
    return changes >= MAX_CHANGES || octets >= MAX_OCTETS;
  }

  private @Nullable Job within(Duration patience) {
    try {
      return waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody else has this thread; it ends by the last job alone.
      log.warn("spool writer interrupted");
      return null;
    }
  }
}
