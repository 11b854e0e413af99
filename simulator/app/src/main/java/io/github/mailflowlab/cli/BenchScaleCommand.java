package io.github.mailflowlab.cli;

import io.github.mailflowlab.bench.ScaleBench;
import io.github.mailflowlab.bench.ScalePlan;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.ScaleDocument;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench scale DATA}. */
@Command(
    name = "scale",
    description = {
      "Measures a node with a long queue for a host that is not there.",
      "The mail is written straight into SQLite spools, a thousand messages in a transaction, and"
          + " not brought by SMTP; the node runs in a process of its own with 256 MB of heap."
    })
final class BenchScaleCommand implements Callable<Integer> {
  private static final String HEAP = "-Xmx256m";

  @Mixin private final Console console = new Console();

  @Parameters(
      paramLabel = "DATA",
      description = "A new folder on the disk to be measured; it stays, for a look.")
  private Path data = Path.of("");

  @Option(
      names = "--messages",
      defaultValue = "100000",
      paramLabel = "N",
      description = "That wait (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--size",
      defaultValue = "1024",
      paramLabel = "OCTETS",
      description = "Of the body; a short header comes on top (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--others",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Messages through another connector meanwhile (default: ${DEFAULT-VALUE}).")
  private int others;

  @Override
  public Integer call() throws InterruptedException {
    ScalePlan plan = plan();
    try {
      ScaleDocument result =
          new ScaleBench(plan, SystemTime.source(), step -> console.err().println("bench: " + step))
              .run();
      if (!console.printedAsJson(result)) {
        new ScaleTable(result).print(console.out());
      }
      return result.delivered() == messages && result.reports() == messages
          ? MailFlow.OK
          : MailFlow.FAILED;
    } catch (IOException e) {
      throw new CommandFailure(MailFlow.FAILED, Console.safe(String.valueOf(e.getMessage())));
    }
  }

  private ScalePlan plan() {
    if (data.toFile().exists()) {
      throw new CommandFailure(
          MailFlow.USAGE, "DATA: " + data + " exists (expected: a new folder)");
    }
    try {
      return new ScalePlan(data.toAbsolutePath(), messages, size, others, node());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(MailFlow.USAGE, "--" + e.getMessage());
    }
  }

  /** This program again, with what this JVM was told for all but memory. */
  private static List<String> node() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add(HEAP);
    words.add("-XX:+UseSerialGC");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.startsWith("--"))
        .forEach(words::add);
    words.addAll(
        List.of(
            "-Dmailflow.log=WARN",
            "-cp",
            System.getProperty("java.class.path"),
            MailFlow.class.getName(),
            "run"));
    return words;
  }
}
