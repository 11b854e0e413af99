package io.github.mailflowlab.scenario;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** How long a run may take in real time, all its waits together. For one thread. */
final class Patience {
  private final Duration limit;
  private final CompletableFuture<Void> over;

  private Patience(Duration limit) {
    this.limit = limit;
    this.over =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins to run out at once. */
  static Patience of(Duration limit) {
    return new Patience(limit);
  }

  /** The result of something that is under way. */
  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> result = stage.toCompletableFuture();
    CompletableFuture.anyOf(result, over).join();
    if (!result.isDone()) {
      throw new TimeUpException("stopped after " + limit + " of real time");
    }
    return result.join();
  }
}
