package io.github.mailflowlab.lab.smtp;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Delays what passes, each way, by a time drawn anew each time: log-normal, so that most are near
 * the median and a few are far above it. Order is kept: whenever a time has passed, the one that
 * has waited longest goes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promises are the writers'
final class LatencyHandler extends ChannelDuplexHandler {
  private static final double SIGMA = 0.4;
  private static final int MOST_MEDIANS = 10;

  private final Duration median;
  private final Random random;
  private final Queue<Runnable> inbound = new ArrayDeque<>();
  private final Queue<Runnable> outbound = new ArrayDeque<>();

  LatencyHandler(Duration median, Random random) {
    this.median = median;
    this.random = random;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    delay(
        ctx,
        inbound,
        () -> {
          ctx.fireChannelRead(message);
          ctx.fireChannelReadComplete();
        });
  }

  /** What is still on its way arrives now: nobody would take it later. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drain(inbound);
    drain(outbound);
    ctx.fireChannelInactive();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    drain(outbound);
    ctx.close(promise);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    delay(ctx, outbound, () -> ctx.writeAndFlush(message, promise));
  }

  private void delay(ChannelHandlerContext ctx, Queue<Runnable> queue, Runnable passage) {
    queue.add(passage);
    double factor = Math.min(MOST_MEDIANS, Math.exp(SIGMA * random.nextGaussian()));
    ctx.executor()
        .schedule(() -> passOne(queue), (long) (median.toNanos() * factor), TimeUnit.NANOSECONDS);
  }

  private static void passOne(Queue<Runnable> queue) {
    Runnable passage = queue.poll();
    if (passage != null) {
      passage.run();
    }
  }

  private static void drain(Queue<Runnable> queue) {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }
}
