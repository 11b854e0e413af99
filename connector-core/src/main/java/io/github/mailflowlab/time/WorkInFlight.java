package io.github.mailflowlab.time;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts work that has been started and not yet finished: attempts, commits, hops between threads.
 * Whoever hands work to another thread begins the new piece before ending its own, so the count
 * reaches zero only when nothing will happen any more before time moves on. All threads.
 */
public final class WorkInFlight {
  private long count;

  /** One piece of work; ending it twice has no effect. */
  @FunctionalInterface
  public interface Token extends AutoCloseable {
    @Override
    void close();
  }

  public synchronized Token begin() {
    count++;
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        end();
      }
    };
  }

  /** Wraps a task that is about to be handed to another thread. */
  public Runnable tracked(Runnable task) {
    Token token = begin();
    return () -> {
      try (token) {
        task.run();
      }
    };
  }

  /** How many pieces are unfinished. */
  public synchronized long count() {
    return count;
  }

  /** Blocks until nothing is in flight. */
  public synchronized void awaitQuiet() throws InterruptedException {
    while (count > 0) {
      wait();
    }
  }

  private synchronized void end() {
    count--;
    if (count == 0) {
      notifyAll();
    }
  }
}
