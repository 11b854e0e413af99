package io.github.mailflowlab.smtp.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * At most one limit that is running. A dialogue sets one for each reply and hardly ever meets it,
 * so a new limit only moves the deadline: the loop is asked to wake us once in a while, not each
 * time. Confined to one event loop.
 */
public final class LoopTimer {
  private @Nullable Future<?> alarm;
  private long alarmAt;
  private long deadline;
  private @Nullable Runnable task;

  /** From now on this limit, and not the one before; the task runs on the loop. */
  public void start(EventExecutor loop, Duration limit, Runnable onLimit) {
    assert loop.inEventLoop();
    task = onLimit;
    deadline = loop.ticker().nanoTime() + limit.toNanos();
    if (alarm == null || alarmAt - deadline > 0) {
      stopAlarm();
      setAlarm(loop);
    }
  }

  /** No limit any more, but another one may come; no effect without one. */
  public void cancel() {
    task = null;
  }

  /** As {@link #cancel}, and the loop forgets this timer. */
  public void stop() {
    cancel();
    stopAlarm();
  }

  private void setAlarm(EventExecutor loop) {
    alarmAt = deadline;
    long wait = deadline - loop.ticker().nanoTime();
    alarm = loop.schedule(() -> onAlarm(loop), wait, TimeUnit.NANOSECONDS);
  }

  private void stopAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void onAlarm(EventExecutor loop) {
    alarm = null;
    Runnable due = task;
    if (due == null) {
      return;
    }
    if (deadline - loop.ticker().nanoTime() > 0) {
      setAlarm(loop);
    } else {
      task = null;
      due.run();
    }
  }
}
