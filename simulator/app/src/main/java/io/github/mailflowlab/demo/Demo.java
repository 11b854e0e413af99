package io.github.mailflowlab.demo;

import io.github.mailflowlab.document.DemoDocument;
import io.github.mailflowlab.document.DemoDocument.Row;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.StartupException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * One simulated day with a broken server of every kind: mail is submitted to each by SMTP, waits,
 * is tried again, raises alerts, and is returned or, where the server is repaired, delivered. All
 * sockets, certificates and files are real; only the clock is not.
 */
public final class Demo {
  private static final Duration UNTIL_REPAIR = Duration.ofHours(2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;

  private final Consumer<String> progress;
  private final long seed;

  /**
   * A demo.
   *
   * @param progress told a line now and then, on the calling thread
   * @param seed of the jitter, so that a run can be repeated
   */
  public Demo(Consumer<String> progress, long seed) {
    this.progress = progress;
    this.seed = seed;
  }

  /**
   * Runs the day; blocks for well under a minute.
   *
   * @param wall the system's clock, at which the day starts
   * @throws StartupException when the lab cannot start
   */
  public DemoDocument run(InstantSource wall) throws StartupException, InterruptedException {
    try (TemporaryDirectory data = TemporaryDirectory.create();
        Lab lab = Lab.start(wall);
        BrokenWorld world = BrokenWorld.stage(lab, Expectation.all());
        Node node = Node.start(world.settings(data.path()), seed)) {
      node.clock().pause();
      progress.accept(
          "Submitting mail to " + world.hosts().size() + " servers, all but one broken.");
      world.submitMail(node);
      node.work().awaitQuiet();
      passTheDay(node, world);
      List<Row> rows = world.hosts().stream().map(host -> host.row(node)).toList();
      return new DemoDocument(rows.stream().allMatch(Row::asExpected), seed, rows);
    }
  }

  private void passTheDay(Node node, BrokenWorld world) {
    for (int hour = 1; hour <= HOURS; hour++) {
      node.clock().advance(HOUR).toCompletableFuture().join();
      long waiting = node.queue().queues().stream().mapToLong(queue -> queue.messageCount()).sum();
      long alerts = node.alerts().alerts().size();
      progress.accept(
          "Hour %2d of %d: %d messages queued, %d alerts raised."
              .formatted(hour, HOURS, waiting, alerts));
      if (HOUR.multipliedBy(hour).equals(UNTIL_REPAIR)) {
        progress.accept("The server of " + Expectation.OUTAGE + " is repaired.");
        world.repairOutage();
      }
    }
  }
}
