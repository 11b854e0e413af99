package io.github.mailflowlab.queue;

import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the queue's state. Others post to it. Whatever waits for it, or for an
 * answer that comes back to it, counts as work in flight.
 */
final class QueueThread {
  private static final Logger log = LoggerFactory.getLogger(QueueThread.class);

  private final WorkInFlight work;
  private final ExecutorService executor;
  private volatile @Nullable Thread thread;

  QueueThread(WorkInFlight work) {
    this.work = work;
    this.executor = Executors.newSingleThreadExecutor(this::newThread);
  }

  private Thread newThread(Runnable task) {
    Thread created = new Thread(task, "mail-queue");
    created.setDaemon(true);
    thread = created;
    return created;
  }

  /** Whether the caller is on it. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Runs the task there, after all that was posted before; false once stopped. Any thread. */
  boolean post(Runnable task) {
    WorkInFlight.Token token = work.begin();
    try {
      executor.execute(
          () -> {
            try (token) {
              task.run();
            } catch (RuntimeException | AssertionError e) {
              log.error("a rule of the queue is broken", e);
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      token.close();
      return false;
    }
  }

  /** Runs the task there and waits for its end; throws what it throws. */
  void call(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean posted =
        post(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    if (!posted) {
      throw new IllegalStateException("the queue is closed");
    }
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw e;
    }
  }

  /** Runs the task there once the stage is complete, with its value or what went wrong. */
  <T> void after(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> task) {
    WorkInFlight.Token token = work.begin();
    stage.whenComplete(
        (value, failure) -> {
          post(() -> task.accept(value, failure));
          token.close();
        });
  }

  /** Finishes what was posted, and takes no more. */
  void stop(Duration limit) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("the queue's thread is still busy after {}", limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
