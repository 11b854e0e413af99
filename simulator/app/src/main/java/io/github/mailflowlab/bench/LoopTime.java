package io.github.mailflowlab.bench;

import io.netty.channel.EventLoopGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the one thread of an event loop. */
final class LoopTime {
  private LoopTime() {}

  /** In nanoseconds, since the thread began. Blocks for a turn of the loop. */
  static long of(EventLoopGroup loop) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return loop.submit(threads::getCurrentThreadCpuTime).syncUninterruptibly().getNow();
  }
}
