package io.github.mailflowlab.lab.smtp;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Lets what a host does leave in its turn: during a pause all of it waits, in order. Confined to
 * the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a pause
final class Pacer {
  private final Channel channel;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean paused;

  Pacer(Channel channel) {
    this.channel = channel;
  }

  /** Now, or after all that waits for a pause to end. */
  void inTurn(Runnable step) {
    assert channel.eventLoop().inEventLoop();
    if (paused) {
      waiting.add(step);
    } else {
      step.run();
    }
  }

  /** What was written leaves; the next step comes only after so long. */
  void pause(Duration pause) {
    inTurn(
        () -> {
          paused = true;
          channel.flush();
          channel.eventLoop().schedule(this::resume, pause.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  /** Once the connection has ended, what still waits is of no use. */
  private void resume() {
    paused = false;
    while (!paused && channel.isActive() && !waiting.isEmpty()) {
      waiting.remove().run();
    }
    channel.flush();
  }
}
