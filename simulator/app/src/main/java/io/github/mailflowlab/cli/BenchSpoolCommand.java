package io.github.mailflowlab.cli;

import io.github.mailflowlab.bench.SpoolBench;
import io.github.mailflowlab.bench.SpoolPlan;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.document.SpoolDocument;
import io.github.mailflowlab.settings.SpoolPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench spool PLACE}. */
@Command(
    name = "spool",
    description = "Measures a spool alone: mail is stored, and marked as delivered once it is.")
final class BenchSpoolCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final BenchLoad load = new BenchLoad();

  @Parameters(
      paramLabel = "PLACE",
      description =
          "A new folder on the disk to be measured, or jdbc:postgresql://host:port/database?user=…"
              + " with nothing of worth in it.")
  private String place = "";

  @Option(
      names = "--at-once",
      defaultValue = "20",
      paramLabel = "N",
      description = "Messages that wait for the disk at the same time (default: ${DEFAULT-VALUE}).")
  private int atOnce;

  @Override
  public Integer call() {
    try (SpoolBench bench = SpoolBench.start(plan(), SystemTime.source())) {
      SpoolDocument result = bench.run();
      if (!console.printedAsJson(result)) {
        new Table("MESSAGES/S", "CPU MS/1000", "COMMITS/MESSAGE")
            .row(
                Math.round(result.messagesPerSecond()),
                result.cpuMillisPerThousand(),
                result.commitsPerMessage())
            .print(console.out());
        console.out().println("Durability: " + result.durability() + ".");
      }
      return MailFlow.OK;
    } catch (IOException e) {
      throw new CommandFailure(MailFlow.FAILED, Console.safe(String.valueOf(e.getMessage())));
    }
  }

  private SpoolPlan plan() {
    try {
      return new SpoolPlan(place(), load.messages(), load.warmUp(), atOnce, load.size());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(MailFlow.USAGE, "--" + e.getMessage());
    }
  }

  private SpoolPlace place() {
    if (place.startsWith("jdbc:")) {
      return new SpoolPlace.Server(
          PostgresUrl.parse(place)
              .orElseThrow(
                  () ->
                      wrong("not what is expected: jdbc:postgresql://host:port/database?user=…")));
    }
    Path folder = Path.of(place);
    if (folder.toFile().exists()) {
      throw wrong(folder + " exists (expected: a new folder)");
    }
    return new SpoolPlace.Folder(folder);
  }

  private static CommandFailure wrong(String what) {
    return new CommandFailure(MailFlow.USAGE, "PLACE: " + Console.safe(what));
  }
}
