package io.github.mailflowlab.junit;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Measures what a lab costs a test: the first one of a JVM, and the next ones. No test, because
 * times depend on the machine. Run it with the class path of the tests: without an argument for a
 * host alone, with {@code connector}, and with {@code mail}, which the connector delivers.
 */
final class StartTimes {
  private static final int ROUNDS = 30;
  private static final double NANOS_PER_MILLI = 1e6;

  private StartTimes() {}

  /** The clock of the wall, and what all threads together have computed. */
  private record Reading(double wall, double cpu) {
    static Reading now() {
      var process =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Reading(
          System.nanoTime() / NANOS_PER_MILLI, process.getProcessCpuTime() / NANOS_PER_MILLI);
    }

    Reading since(Reading before) {
      return new Reading(wall - before.wall, cpu - before.cpu);
    }
  }

  public static void main(String[] args) {
    List<String> wanted = List.of(args);
    Reading[] starts = new Reading[ROUNDS];
    Reading[] stops = new Reading[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      Reading before = Reading.now();
      TestLab lab = new TestLab(MailFlowExtension.builder().settings(), new Seed(1));
      lab.host(0);
      if (wanted.contains("connector")) {
        lab.relay();
      }
      if (wanted.contains("mail")) {
        lab.connector().send("bob@onprem.example");
      }
      Reading between = Reading.now();
      lab.close();
      starts[i] = between.since(before);
      stops[i] = Reading.now().since(between);
    }
    print("start", starts);
    print("stop", stops);
  }

  private static void print(String what, Reading[] readings) {
    System.out.printf(
        "%s: first %.0f ms (CPU %.0f), next %.1f ms (CPU %.1f)%n",
        what,
        readings[0].wall,
        readings[0].cpu,
        medianOfNext(Arrays.stream(readings).mapToDouble(Reading::wall).toArray()),
        medianOfNext(Arrays.stream(readings).mapToDouble(Reading::cpu).toArray()));
  }

  private static double medianOfNext(double[] values) {
    double[] next = Arrays.copyOfRange(values, 1, values.length);
    Arrays.sort(next);
    return next[next.length / 2];
  }
}
