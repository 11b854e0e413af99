package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.queue.spool.CommitQueue.Job;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what waits ({@link CommitQueue}), makes it one transaction,
 * and completes the futures after the commit: however many wait, they share one flush of the disk.
 *
 * <p>After an error the whole batch fails: none of it is stored. The connection is not used again
 * either, because the driver may have left the transaction behind our back (as after SQLITE_FULL)
 * and would run each further statement in a transaction of its own.
 *
 * <p>A commit whose answer is lost with the connection may have been made or not. The database is
 * asked as soon as it can be reached again, and till then the futures of that batch wait; all later
 * commits fail at once.
 *
 * <p>Crash behaviour is the database's: a batch is there as a whole or not at all, and a future
 * that has completed is there.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /** How often to ask after a commit that was not answered. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  /** A batch whose commit was not answered. */
  private record Unanswered(List<Job> batch, String transaction) {}

  private final Database database;
  private final CommitQueue waiting = new CommitQueue(CommitQueue.MOMENT);
  private final Job last = new Job(List.of(), new CompletableFuture<>());
  private final Thread thread = new Thread(this::run, "spool-writer");
  private final Object gate = new Object();
  private boolean closed;

  /** Confined to the writer's thread, as is {@link #writer}; null after an error. */
  private @Nullable Connection connection;

  private @Nullable ChangeWriter writer;

  private final LongAdder made = new LongAdder();
  private final LongAdder handedIn = new LongAdder();
  private final LongAdder finished = new LongAdder();
  private final CrashPoint crash = CrashPoint.fromProperty();
  private @Nullable Unanswered unanswered;

  GroupCommit(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
    this.writer = new ChangeWriter(connection);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** How many transactions were committed. Any thread. */
  long made() {
    return made.sum();
  }

  /** How far it has come. Any thread. */
  WriteProgress progress() {
    // In this order: never more is finished than was handed in.
    long done = finished.sum();
    return new WriteProgress(handedIn.sum(), done);
  }

  CompletionStage<Void> commit(List<Change> changes) {
    Job job = new Job(List.copyOf(changes), new CompletableFuture<>());
    // The lock only orders commits before the last job; it is never held while writing.
    synchronized (gate) {
      if (!closed) {
        waiting.add(job);
        handedIn.increment();
        return job.done().minimalCompletionStage();
      }
    }
    return CompletableFuture.failedStage(new SpoolException("the spool is closed"));
  }

  private void run() {
    boolean more = true;
    while (more) {
      List<Job> batch = unanswered == null ? waiting.take() : waiting.poll(ASK_AGAIN);
      more = !batch.remove(last);
      write(batch);
    }
    giveUpAsking();
    disconnect();
  }

  private void write(List<Job> batch) {
    Optional<String> committing = Optional.empty();
    try {
      Connection open = connect();
      if (batch.isEmpty()) {
        return;
      }
      for (Job job : batch) {
        for (Change change : job.changes()) {
          writer(open).write(change);
        }
      }
      writer(open).flush();
      committing = database.transaction(open);
      boolean returns = crash.isArmed() && returnsMail(batch);
      crash.before(returns);
      open.commit();
      crash.after(returns);
      made.increment();
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // Errors too: without this thread, every later commit would wait for ever.
      disconnect();
      if (committing.isPresent()) {
        log.error("spool commit was not answered, asking again: {}", e.toString());
        unanswered = new Unanswered(batch, committing.get());
      } else {
        log.error("spool write failed, nothing of it was stored: {}", e.toString());
        fail(batch, e);
      }
      return;
    }
    succeed(batch);
  }

  private void succeed(List<Job> batch) {
    finished.add(batch.size());
    batch.forEach(job -> job.done().complete(null));
  }

  private static boolean returnsMail(List<Job> batch) {
    return batch.stream()
        .flatMap(job -> job.changes().stream())
        .anyMatch(change -> change instanceof Change.StoreMailboxItem it && it.item().ndr());
  }

  private void fail(List<Job> batch, Throwable cause) {
    SpoolException failure = new SpoolException("the spool cannot be written: " + cause, cause);
    finished.add(batch.size());
    batch.forEach(job -> job.done().completeExceptionally(failure));
  }

  private Connection connect() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = database.openWriter();
      connection = open;
      askForAnswer(open);
    }
    return open;
  }

  private void askForAnswer(Connection open) throws SQLException {
    Unanswered asked = unanswered;
    if (asked == null) {
      return;
    }
    boolean made = database.isCommitted(open, asked.transaction);
    unanswered = null;
    log.info("spool commit that was not answered: {}", made ? "made" : "not made");
    if (made) {
      succeed(asked.batch);
    } else {
      fail(asked.batch, new SpoolException("the connection was lost"));
    }
  }

  private void giveUpAsking() {
    Unanswered asked = unanswered;
    if (asked != null) {
      fail(asked.batch, new SpoolException("nobody can say whether it was"));
    }
  }

  private ChangeWriter writer(Connection open) {
    ChangeWriter current = writer;
    if (current == null) {
      current = new ChangeWriter(open);
      writer = current;
    }
    return current;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    writer = null;
    if (open == null) {
      return;
    }
    try (open) {
      open.rollback();
    } catch (SQLException e) {
      log.warn("spool connection did not close cleanly: {}", e.toString());
    }
  }

  @Override
  public void close() {
    synchronized (gate) {
      if (!closed) {
        closed = true;
        waiting.add(last);
      }
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
