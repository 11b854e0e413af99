package io.github.mailflowlab.demo;

import io.github.mailflowlab.document.DemoDocument;
import io.github.mailflowlab.document.DemoDocument.Row;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.node.TemporaryFolder;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.queue.RecipientView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One simulated day with a broken server of every kind: mail is submitted to each by SMTP, waits,
 * is tried again, raises alerts, and is returned or, where the server is repaired, delivered. All
 * sockets, certificates and files are real; only the clock is not.
 */
public final class Demo {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;
  private static final int HOUR_OF_REPAIR = 2;

  private final Consumer<String> progress;
  private final long seed;

  /**
   * A demo.
   *
   * @param progress told a line now and then, on the calling thread
   * @param seed of the jitter in the retries of single messages
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
    try (TemporaryFolder data = TemporaryFolder.create();
        Lab lab = Lab.start(wall);
        BrokenWorld world = BrokenWorld.stage(lab, Expectation.all());
        Node node = Node.start(world.settings(data.path()), seed)) {
      node.clock().pause();
      progress.accept(
          "Submitting mail to " + world.hosts().size() + " servers, all but one broken.");
      world.submitMail(node);
      node.work().awaitQuiet();
      Map<BrokenHost, Optional<RecipientView>> errors = passTheDay(node, world);
      List<Row> rows =
          world.hosts().stream()
              .map(host -> host.row(node, errors.getOrDefault(host, Optional.empty())))
              .toList();
      return new DemoDocument(rows.stream().allMatch(Row::asExpected), seed, rows);
    }
  }

  /** Lets 24 hours pass, and notes on the way what the mail was waiting with. */
  private Map<BrokenHost, Optional<RecipientView>> passTheDay(Node node, BrokenWorld world) {
    Map<BrokenHost, Optional<RecipientView>> errors = new HashMap<>();
    for (int hour = 1; hour <= HOURS; hour++) {
      node.clock().advance(HOUR).toCompletableFuture().join();
      report(hour, node);
      if (hour == HOUR_OF_REPAIR) {
        world.hosts().forEach(host -> errors.put(host, host.error(node)));
        progress.accept("The server of " + Expectation.OUTAGE + " is repaired.");
        world.repairOutage();
      }
    }
    return errors;
  }

  private void report(int hour, Node node) {
    long waiting = node.queue().queues().stream().mapToLong(QueueView::messageCount).sum();
    progress.accept(
        String.format(
            Locale.ROOT,
            "Hour %2d of %d: %d messages queued, %d alerts raised.",
            hour,
            HOURS,
            waiting,
            node.alerts().alerts().size()));
  }
}
