package io.github.mailflowlab.cli;

import io.github.mailflowlab.audit.AuditPlan;
import io.github.mailflowlab.audit.CrashAudit;
import io.github.mailflowlab.document.AuditDocument;
import io.github.mailflowlab.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench audit}. */
@Command(
    name = "audit",
    description = {
      "Kills this program under load, again and again, and tells what it lost or doubled.",
      "The exit status is 1 when it broke a promise."
    })
final class BenchAuditCommand implements Callable<Integer> {
  private static final int SHOWN = 50;

  @Mixin private final Console console = new Console();

  @Option(
      names = "--kills",
      defaultValue = "25",
      paramLabel = "N",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--within",
      defaultValue = "PT24H",
      paramLabel = "DURATION",
      description = "No kill begins later than that (default: ${DEFAULT-VALUE}).")
  private Duration within = Duration.ZERO;

  @Option(
      names = "--power-cuts",
      description =
          "Each kill also cuts the power of the spool's disk, an ext4 of its own: what was not"
              + " flushed is gone. As root, on Linux.")
  private boolean powerCuts;

  @Option(
      names = "--spool",
      paramLabel = "URL",
      description =
          "An empty PostgreSQL database, as in the setting of that name (default: SQLite).")
  private @Nullable String spool;

  @Option(
      names = "--nodes",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "How many nodes share it: the one that leads is killed, and a moment later the others"
              + " (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Of the moments, the points and the mail (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A new folder for the spool and the log, which stays (default: a temporary one).")
  private @Nullable Path data;

  @Override
  public Integer call() throws InterruptedException {
    try {
      AuditPlan plan =
          new AuditPlan(
              folder(), kills, within, powerCuts, Optional.ofNullable(spool), nodes, seed);
      try (CrashAudit audit = new CrashAudit(plan, MailFlow.class)) {
        // Before anything is started: the program would take up what it finds.
        EmptyDatabase.require(Valid.of(SettingsReader.read(audit.config())).spool());
        AuditDocument result = audit.run(line -> console.err().println(line));
        if (!console.printedAsJson(result)) {
          print(result, plan);
        }
        return result.passed() ? MailFlow.OK : MailFlow.FAILED;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(MailFlow.USAGE, "--" + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure(MailFlow.FAILED, Console.safe(String.valueOf(e.getMessage())));
    }
  }

  private Path folder() throws IOException {
    if (data == null) {
      return Files.createTempDirectory("mailflow-audit");
    }
    if (Files.exists(data)) {
      throw new CommandFailure(
          MailFlow.USAGE,
          "--data: " + Console.safe(data.toString()) + " exists (expected: a new folder)");
    }
    return data;
  }

  private void print(AuditDocument result, AuditPlan plan) {
    Table points = new Table("KILLED", "TIMES", "MET");
    result.points().forEach(point -> points.row(point.name(), point.kills(), point.met()));
    points.print(console.out());
    console.out().println();
    new Table("MESSAGES", "ACKNOWLEDGED", "REFUSED", "UNANSWERED", "SENT AGAIN")
        .row(
            result.offered(),
            result.acknowledged(),
            result.refused(),
            result.unanswered(),
            result.repeated())
        .print(console.out());
    console.out().println();
    new Table("RECIPIENTS DELIVERED", "RETURNED", "QUEUED", "NDRS")
        .row(result.delivered(), result.returned(), result.queued(), result.ndrs())
        .print(console.out());
    console.out().println();
    result.findings().stream()
        .limit(SHOWN)
        .forEach(finding -> console.out().println(Console.safe(finding)));
    console
        .out()
        .println(
            (result.passed() ? "Nothing lost, nothing doubled: " : "Broken promises: ")
                + (result.passed() ? "" : result.findings().size() + " of them; ")
                + result.kills()
                + " kills"
                + (plan.powerCuts() ? " with the power cut" : "")
                + (plan.nodes() > 1 ? " of the leader of " + plan.nodes() + " nodes" : "")
                + " in "
                + Math.round(result.seconds())
                + " s, seed "
                + result.seed()
                + ", everything in "
                + Console.safe(plan.folder().toString()));
  }
}
