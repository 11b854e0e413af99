package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.queue.spool.CommitQueue.Job;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
 * and has its futures completed when that is durable: however many wait, they share one flush of
 * the disk ({@link Flusher}). The next transaction is prepared during the flush, and committed when
 * it is over.
 *
 * <p>After an error the whole batch fails: none of it is stored. The connection is not used again
 * either, because the driver may have left the transaction behind our back (as after SQLITE_FULL)
 * and would run each further statement in a transaction of its own.
 *
 * <p>A commit whose answer is lost with the connection may have been made or not, and one whose
 * flush failed may be durable or not. The database is asked as soon as it can be reached again, and
 * till then the futures of that batch wait; all later commits fail at once.
 *
 * <p>Crash behaviour is the database's: a batch is there as a whole or not at all, and a future
 * that has completed is there.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /** How often to ask after a commit that was not answered. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  /** A batch of which nobody knows whether it is there to stay. */
  private record Unanswered(List<Job> batch, Optional<String> transaction) {}

  private final Database database;
  private final CommitQueue waiting = new CommitQueue(CommitQueue.MOMENT);
  private final Flusher flusher = new Flusher(waiting::nudge);
  private final Job last = new Job(List.of(), new CompletableFuture<>());
  private final Thread thread = new Thread(this::run, "spool-writer");
  private final Object gate = new Object();
  private boolean closed;

  private final LongAdder made = new LongAdder();
  private final LongAdder handedIn = new LongAdder();
  private final LongAdder finished = new LongAdder();
  private final CrashPoint crash = CrashPoint.fromProperty();

  /** Null after an error. Confined to the writer's thread, as all below. */
  private @Nullable WriteSession session;

  private List<Job> flushing = List.of();
  private @Nullable Unanswered unanswered;
  private boolean ended;

  GroupCommit(Database database, Connection connection) throws IOException {
    this.database = database;
    this.session = new WriteSession(connection, database.log());
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
    while (!ended) {
      List<Job> first = unanswered == null ? waiting.take() : waiting.poll(ASK_AGAIN);
      write(untilLast(first));
    }
    endFlush();
    giveUpAsking();
    disconnect();
    flusher.close();
  }

  private List<Job> untilLast(List<Job> jobs) {
    ended |= jobs.remove(last);
    return jobs;
  }

  private void write(List<Job> first) {
    List<Job> batch = new ArrayList<>(first);
    Optional<String> committing = Optional.empty();
    WriteSession open;
    try {
      open = connect();
      List<Job> more = first;
      while (!more.isEmpty()) {
        prepare(more, open);
        more = untilLast(waiting.more(flusher::isBusy));
        batch.addAll(more);
      }
      awaitFlush();
      if (batch.isEmpty()) {
        return;
      }
      open.writer().flush();
      committing = database.transaction(open.connection());
      crash.before(crash.isArmed() && returnsMail(batch));
      open.connection().commit();
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // Errors too: without this thread, every later commit would wait for ever.
      failed(batch, committing, e);
      return;
    }
    made.increment();
    beginFlush(open, batch);
  }

  /** Sends it to the database already while nothing can be committed yet. */
  private void prepare(List<Job> jobs, WriteSession open) throws SQLException, IOException {
    for (Job job : jobs) {
      for (Change change : job.changes()) {
        open.writer().write(change);
      }
    }
    if (flusher.isBusy()) {
      open.writer().flush();
    }
  }

  private void failed(List<Job> batch, Optional<String> committing, Throwable cause) {
    endFlush();
    disconnect();
    if (committing.isPresent()) {
      log.error("spool commit was not answered, asking again: {}", cause.toString());
      unanswered = new Unanswered(batch, committing);
    } else if (!batch.isEmpty()) {
      log.error("spool write failed, nothing of it was stored: {}", cause.toString());
      fail(batch, cause);
    }
  }

  // The flush.

  private void beginFlush(WriteSession open, List<Job> batch) {
    flushing = batch;
    flusher.begin(
        open.log(),
        () -> {
          crash.after(crash.isArmed() && returnsMail(batch));
          succeed(batch);
        });
  }

  private void awaitFlush() throws IOException {
    try {
      flusher.await();
    } catch (IOException e) {
      log.error("spool commit may not be durable, asking again: {}", e.toString());
      unanswered = new Unanswered(flushing, Optional.empty());
      throw e;
    }
  }

  private void endFlush() {
    try {
      awaitFlush();
    } catch (IOException e) {
      // It is asked for, like a commit without an answer.
    }
  }

  // The futures.

  private void succeed(List<Job> batch) {
    finished.add(batch.size());
    batch.forEach(job -> job.done().complete(null));
  }

  private void fail(List<Job> batch, Throwable cause) {
    SpoolException failure = new SpoolException("the spool cannot be written: " + cause, cause);
    finished.add(batch.size());
    batch.forEach(job -> job.done().completeExceptionally(failure));
  }

  private static boolean returnsMail(List<Job> batch) {
    return batch.stream()
        .flatMap(job -> job.changes().stream())
        .anyMatch(change -> change instanceof Change.StoreMailboxItem it && it.item().ndr());
  }

  // The connection.

  private WriteSession connect() throws SQLException, IOException {
    WriteSession open = session;
    if (open == null) {
      open = WriteSession.open(database);
      session = open;
      askForAnswer(open.connection());
    }
    return open;
  }

  private void askForAnswer(Connection open) throws SQLException {
    Unanswered asked = unanswered;
    if (asked == null) {
      return;
    }
    boolean durable = database.isDurable(open, asked.transaction);
    unanswered = null;
    log.info("spool commit that was not answered: {}", durable ? "made" : "not made");
    if (durable) {
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

  private void disconnect() {
    WriteSession open = session;
    session = null;
    if (open == null) {
      return;
    }
    try (open) {
      open.connection().rollback();
    } catch (SQLException | IOException e) {
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
