package io.github.mailflowlab.cli;

import io.github.mailflowlab.bench.RelayBench;
import io.github.mailflowlab.bench.RelayPlan;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.document.RelayDocument;
import io.github.mailflowlab.node.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench relay DATA}. */
@Command(
    name = "relay",
    description =
        "Measures a whole node: from a source through intake, spool and client to a sink.")
final class BenchRelayCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final BenchLoad load = new BenchLoad();

  @Parameters(
      paramLabel = "DATA",
      description = "Folder of the spool, on the disk to be measured; what waits there stays.")
  private Path data = Path.of("");

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      description = "A server that throws mail away (default: one of our own).")
  private @Nullable String sink;

  @Option(
      names = "--sessions",
      defaultValue = "20",
      paramLabel = "N",
      description = "Sessions of the source at the same time (default: ${DEFAULT-VALUE}).")
  private int sessions;

  @Option(names = "--no-reuse", description = "A session for each message.")
  private boolean noReuse;

  @Option(
      names = "--rate",
      defaultValue = "0",
      paramLabel = "N",
      description = "Messages a second to bring; 0 for as many as are taken (the default).")
  private int rate;

  @Override
  public Integer call() throws InterruptedException {
    try (RelayBench bench = RelayBench.start(plan())) {
      RelayDocument result = bench.run();
      if (!console.printedAsJson(result)) {
        print(result);
      }
      return result.queued() == 0 ? MailFlow.OK : MailFlow.FAILED;
    } catch (StartupException | IOException e) {
      throw new CommandFailure(MailFlow.FAILED, Console.safe(String.valueOf(e.getMessage())));
    }
  }

  private RelayPlan plan() {
    try {
      return new RelayPlan(
          data, sinkHost(), load.messages(), load.warmUp(), sessions, load.size(), !noReuse, rate);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(MailFlow.USAGE, "--" + e.getMessage());
    }
  }

  private Optional<SmartHost> sinkHost() {
    if (sink == null) {
      return Optional.empty();
    }
    Optional<SmartHost> host = SmartHost.parse(sink);
    if (host.isEmpty()) {
      throw new CommandFailure(
          MailFlow.USAGE,
          "--sink: " + Console.safe(sink) + " (expected: name:port or [address]:port)");
    }
    return host;
  }

  private void print(RelayDocument result) {
    new Table("MESSAGES/S", "CPU MS/1000", "P50 MS", "P99 MS", "COMMITS/MESSAGE", "PEAK HEAP MB")
        .row(
            Math.round(result.messagesPerSecond()),
            result.cpuMillisPerThousand(),
            result.p50Millis(),
            result.p99Millis(),
            result.commitsPerMessage(),
            result.peakHeapMegabytes())
        .print(console.out());
    console.out().println("Durability: " + result.durability() + ".");
    if (result.queued() > 0) {
      console.out().println(result.queued() + " messages still wait in the queue.");
    }
  }
}
