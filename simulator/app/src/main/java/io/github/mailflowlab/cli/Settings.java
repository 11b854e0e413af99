package io.github.mailflowlab.cli;

import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.SettingsOutcome;
import io.github.mailflowlab.settings.SettingsProblem;
import io.github.mailflowlab.settings.SettingsReader;
import java.nio.file.Path;

/** A configuration file for a command: right, or every problem and exit status 2. */
final class Settings {
  private Settings() {}

  static LabSettings read(Path file) {
    SettingsOutcome outcome = SettingsReader.read(file);
    if (outcome.problems().isEmpty()) {
      return outcome.value();
    }
    throw new CommandFailure(
        MailFlow.USAGE,
        String.join("\n", outcome.problems().stream().map(SettingsProblem::toString).toList()));
  }
}
