package io.github.mailflowlab.cli;

import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.ReadOutcome;
import io.github.mailflowlab.settings.SettingsProblem;
import io.github.mailflowlab.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check --config F}: reads a configuration and reports. */
@Command(name = "check", description = "Checks a configuration file; starts nothing.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "The file.")
  private Path config = Path.of("");

  /** What {@code --json} prints. */
  record Result(boolean succeeded, List<SettingsProblem> problems) {}

  @Override
  public Integer call() {
    ReadOutcome<LabSettings> outcome = SettingsReader.read(config);
    boolean succeeded = outcome.problems().isEmpty();
    if (!console.printedAsJson(new Result(succeeded, outcome.problems()))) {
      if (succeeded) {
        print(outcome.value());
      } else {
        outcome.problems().forEach(problem -> console.err().println(problem));
      }
    }
    return succeeded ? MailFlow.OK : MailFlow.USAGE;
  }

  private void print(LabSettings settings) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s is right: %d accepted domains, %d connectors.%n",
            config,
            settings.organization().domains().size(),
            settings.connectors().size());
  }
}
