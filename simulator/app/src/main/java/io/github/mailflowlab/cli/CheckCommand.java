package io.github.mailflowlab.cli;

import io.github.mailflowlab.settings.LabSettings;
import java.nio.file.Path;
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

  @Override
  public Integer call() {
    LabSettings settings = Settings.read(config);
    console
        .out()
        .println(
            "%s is right: %d accepted domains, %d connectors."
                .formatted(
                    config,
                    settings.organization().domains().size(),
                    settings.connectors().size()));
    return MailFlow.OK;
  }
}
