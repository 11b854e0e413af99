package io.github.mailflowlab.queue.spool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /** Whether the last batch brought mail; confined to the writer's thread. */
  private boolean mailComes;

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

  /** Everything that waits, up to a limit; waits for the first of it. */
  List<Job> take() {
    Job first = null;
    while (first == null) {
      first = within(Duration.ofDays(1));
    }
    return batch(first);
  }

  /** As {@link #take}, but nothing when nothing has come for so long. */
  List<Job> poll(Duration patience) {
    Job first = within(patience);
    return first == null ? new ArrayList<>() : batch(first);
  }

  private List<Job> batch(Job first) {
    List<Job> batch = new ArrayList<>();
    int changes = 0;
    long octets = 0;
    boolean mail = false;
    boolean patient = mailComes;
    Job job = first;
    while (job != null) {
      batch.add(job);
      changes += job.changes.size();
      octets += job.octets();
      mail |= job.bringsMail();
      boolean full = changes >= MAX_CHANGES || octets >= MAX_OCTETS;
      job = full ? null : waiting.poll();
      if (job == null && !full && !mail && patient) {
        patient = false;
        job = within(moment);
      }
    }
    mailComes = mail;
    return batch;
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
