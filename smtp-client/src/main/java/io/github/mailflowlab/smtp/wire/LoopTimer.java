package io.github.mailflowlab.smtp.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** At most one limit that is running. Confined to one event loop. */
public final class LoopTimer {
  private @Nullable Future<?> running;

  /** From now on this limit, and not the one before; the task runs on the loop. */
  public void start(EventExecutor loop, Duration limit, Runnable onLimit) {
    assert loop.inEventLoop();
    cancel();
    running = loop.schedule(onLimit, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No limit any more; no effect without one. */
  public void cancel() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
