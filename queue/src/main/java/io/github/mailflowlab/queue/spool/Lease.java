package io.github.mailflowlab.queue.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * What shows that the leader of a spool is alive: a text that it changes every second, over the
 * connection that everything else is written by. Others that have seen it unchanged for {@link
 * #LIMIT} end that connection and lead themselves ({@link PostgresSpool#isVacant}). Nobody compares
 * clocks: who writes is decided by the lock that the connection holds, and how long is long is
 * measured by each for itself, from before a change was sent and from after it was seen. So the
 * leader knows first that it may have lost the lease; it begins no attempt then. All threads.
 */
final class Lease implements AutoCloseable {
  /** After which others take over. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** After which the leader is no longer sure. */
  private static final Duration SURE = Duration.ofSeconds(8);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * The text.
   *
   * @param term of the leader
   * @param count of changes
   * @param address where the leader can be reached; empty before it says so
   */
  record Text(long term, long count, String address) {
    static Optional<Text> parse(String text) {
      String[] parts = text.split(" ", 3);
      return parts.length == 3 && parts[0].matches("\\d{1,18}") && parts[1].matches("\\d{1,18}")
          ? Optional.of(new Text(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return term + " " + count + " " + address;
    }
  }

  private final long term;
  private final Function<List<Change>, CompletionStage<Void>> commit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Lease::thread);
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile long renewed;
  private volatile boolean kept;
  private volatile boolean lost;
  private volatile String address = "";

  /** Confined to the timer's thread. */
  private long count;

  /**
   * Has just been taken.
   *
   * @param began before that, by {@link System#nanoTime}
   */
  Lease(long term, long began, Function<List<Change>, CompletionStage<Void>> commit) {
    this.term = term;
    this.renewed = began;
    this.commit = commit;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "spool-lease");
    thread.setDaemon(true);
    return thread;
  }

  /** Says to the others where we are, with the next renewal. */
  void announce(String reachedAt) {
    address = reachedAt;
  }

  /** Renews it from now on, until it is closed. */
  void keep() {
    kept = true;
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::renew, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void renew() {
    if (lost || !renewing.compareAndSet(false, true)) {
      return;
    }
    long sent = System.nanoTime();
    String text = new Text(term, ++count, address).toString();
    commit
        .apply(List.of(new Change.PutSetting(PostgresDatabase.LEASE, text)))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                renewed = sent;
              } else if (isTakenOver(failure)) {
                lost = true;
              }
              renewing.set(false);
            });
  }

  private static boolean isTakenOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && PostgresDatabase.TAKEN_OVER.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is surely ours. */
  boolean holds() {
    return !lost && (!kept || System.nanoTime() - renewed < SURE.toNanos());
  }

  /** Whether another node has led since; it never comes back then. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
