package io.github.mailflowlab.compare;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.LongStream;
import org.HdrHistogram.ConcurrentHistogram;

/** Warms a client up, measures it as {@code mailflow bench client} does, and prints the result. */
final class Comparison {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private Comparison() {}

  static void run(Work work, Client client) throws Exception {
    client.send(work.warmUp(), nanos -> {});
    ConcurrentHistogram latencies = new ConcurrentHistogram(3);
    long allocated = allocated();
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    client.send(work.messages(), latencies::recordValue);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuMillis = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"messagesPerSecond\": %.3f, \"cpuMillisPerThousand\": %.3f, \"p50Millis\": %.3f,"
                + " \"p99Millis\": %.3f, \"allocatedPerMessage\": %d}",
            work.messages() / seconds,
            cpuMillis / work.messages() * 1000,
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6,
            (allocated() - allocated) / work.messages()));
  }

  private static long allocated() {
    return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(octets -> octets > 0)
        .sum();
  }
}
