package io.github.mailflowlab.cli;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.scenario.JUnitReport;
import io.github.mailflowlab.scenario.Scenario;
import io.github.mailflowlab.scenario.ScenarioReader;
import io.github.mailflowlab.scenario.ScenarioRuns;
import io.github.mailflowlab.scenario.ScenarioText;
import io.github.mailflowlab.scenario.ShippedScenarios;
import io.github.mailflowlab.settings.ReadOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scenario list|run}; needs no running instance. */
@Command(
    name = "scenario",
    description =
        "Lets mail, faults and repairs happen over simulated time, and judges the outcome.",
    subcommands = {ScenarioCommand.Listing.class, ScenarioCommand.Run.class})
final class ScenarioCommand {
  /** Of a name or a file: right, or every problem and exit status 2. */
  private static Scenario read(String nameOrFile) {
    return Valid.of(ShippedScenarios.read(nameOrFile).orElseGet(() -> readFile(nameOrFile)));
  }

  private static ReadOutcome<Scenario> readFile(String name) {
    Path file = Path.of(name);
    if (!name.contains(".") && !Files.exists(file)) {
      throw new CommandFailure(
          MailFlow.USAGE,
          "There is no scenario "
              + Console.safe(name)
              + NearestWords.hint(name, ShippedScenarios.ids())
              + " (see: mailflow scenario list).");
    }
    return ScenarioReader.read(file);
  }

  /** {@code scenario list}. */
  @Command(name = "list", description = "Lists the scenarios that come with the program.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();

    @Override
    public Integer call() {
      List<ScenarioDocument.Title> titles =
          ShippedScenarios.ids().stream()
              .map(ScenarioCommand::read)
              .map(one -> new ScenarioDocument.Title(one.id(), one.name(), one.story()))
              .toList();
      if (!console.printedAsJson(new ScenarioDocument.Listing(titles))) {
        Table table = new Table("NAME", "WHAT HAPPENS");
        titles.forEach(title -> table.row(title.id(), title.name()));
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code scenario run}. */
  @Command(name = "run", description = "Runs scenarios; exit status 1 unless all is as expected.")
  static final class Run implements Callable<Integer> {
    private static final long DEFAULT_SEED = 1;
    private static final int DEFAULT_PARALLEL = 4;
    private static final int MOST_PARALLEL = 64;

    @Mixin private final Console console = new Console();

    @Parameters(
        arity = "0..*",
        paramLabel = "FILE|NAME",
        description = "A scenario of one's own, or a name as in scenario list.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "All that come with the program.")
    private boolean all;

    @Option(
        names = "--seed",
        description = "Of retries and of faults by chance (default: ${DEFAULT-VALUE}).")
    private long seed = DEFAULT_SEED;

    @Option(
        names = "--parallel",
        paramLabel = "N",
        description = "How many run at a time (default: ${DEFAULT-VALUE}).")
    private int parallel = DEFAULT_PARALLEL;

    @Option(
        names = "--junit-xml",
        paramLabel = "FILE",
        description = "Also write the results as build servers read them.")
    private @Nullable Path junitXml;

    @Override
    public Integer call() throws StartupException, InterruptedException {
      ScenarioRuns runs =
          ScenarioRuns.of(
              scenarios(), seed, parallel, SystemTime.source(), result -> progress(result));
      boolean succeeded = runs.results().stream().allMatch(ScenarioDocument::succeeded);
      Optional.ofNullable(junitXml).ifPresent(file -> write(file, runs));
      if (!console.printedAsJson(new ScenarioDocument.Run(succeeded, seed, runs.results()))) {
        runs.results().forEach(this::print);
        summarize(runs.results());
      }
      return succeeded ? MailFlow.OK : MailFlow.FAILED;
    }

    private List<Scenario> scenarios() {
      if (all == !names.isEmpty()) {
        throw new CommandFailure(
            MailFlow.USAGE, "Say which scenarios to run, or --all (see: mailflow scenario list).");
      }
      if (parallel < 1 || parallel > MOST_PARALLEL) {
        throw new CommandFailure(
            MailFlow.USAGE, "--parallel: " + parallel + " (expected: 1 to " + MOST_PARALLEL + ")");
      }
      return (all ? ShippedScenarios.ids() : names)
          .stream().distinct().map(ScenarioCommand::read).toList();
    }

    private void progress(ScenarioDocument result) {
      console.err().println((result.succeeded() ? "passed  " : "FAILED  ") + result.id());
    }

    private static void write(Path file, ScenarioRuns runs) {
      try {
        JUnitReport.write(file, runs.results(), runs.took());
      } catch (IOException e) {
        throw new CommandFailure(MailFlow.FAILED, file + " cannot be written: " + e.getMessage());
      }
    }

    private void print(ScenarioDocument result) {
      say(result.name() + "  (" + result.id() + ", seed " + result.seed() + ")");
      result.story().lines().forEach(line -> say("  " + line));
      ScenarioText.timeLine(result).forEach(line -> say("  " + line));
      long met = result.checks().stream().filter(ScenarioDocument.Check::met).count();
      say(
          (result.succeeded() ? "PASSED" : "FAILED")
              + ": "
              + met
              + " of "
              + result.checks().size()
              + " expectations met");
      say("");
    }

    private void summarize(List<ScenarioDocument> results) {
      if (results.size() > 1) {
        long passed = results.stream().filter(ScenarioDocument::succeeded).count();
        say(passed + " of " + results.size() + " scenarios passed");
      }
    }

    private void say(String line) {
      console.out().println(Console.safe(line));
    }
  }
}
