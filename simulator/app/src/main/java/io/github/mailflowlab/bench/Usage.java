package io.github.mailflowlab.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/**
 * What this process has used so far; the difference of two is what happened in between.
 *
 * @param nanos on the wall
 * @param cpuNanos of all threads, the compiler's and the collector's too
 * @param allocated octets of heap, by all threads that live; those of the client live on
 */
record Usage(long nanos, long cpuNanos, long allocated) {
  static Usage now() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long allocated =
        LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
            .filter(octets -> octets > 0)
            .sum();
    return new Usage(System.nanoTime(), system.getProcessCpuTime(), allocated);
  }

  Usage minus(Usage before) {
    return new Usage(
        nanos - before.nanos, cpuNanos - before.cpuNanos, allocated - before.allocated);
  }
}
