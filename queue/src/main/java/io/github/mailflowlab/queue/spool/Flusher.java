package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forces commits to stable storage on a thread of its own, one after the other, while the writer's
 * thread prepares the next. Confined to the writer's thread.
 */
final class Flusher implements AutoCloseable {
  private final Runnable onEnd;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "spool-flusher");
            created.setDaemon(true);
            return created;
          });

  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * Prepares.
   *
   * @param onEnd is run on the flusher's thread when a flush has ended and {@link #isBusy} says so
   */
  Flusher(Runnable onEnd) {
    this.onEnd = onEnd;
  }

  /** Whether a flush is under way. */
  boolean isBusy() {
    return !last.isDone();
  }

  /**
   * Begins to force a log; none may be under way.
   *
   * @param whenDurable is run on the flusher's thread, unless it fails
   */
  void begin(CommitLog log, Runnable whenDurable) {
    assert !isBusy();
    CompletableFuture<Void> flush = new CompletableFuture<>();
    last = flush;
    executor.execute(
        () -> {
          try {
            log.force();
            whenDurable.run();
            flush.complete(null);
          } catch (IOException | RuntimeException | Error e) {
            flush.completeExceptionally(e);
          }
          onEnd.run();
        });
  }

  /**
   * Waits for the flush under way.
   *
   * @throws IOException when it failed; told once
   */
  void await() throws IOException {
    try {
      last.join();
    } catch (CompletionException e) {
      last = CompletableFuture.completedFuture(null);
      throw new IOException("it was not flushed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
