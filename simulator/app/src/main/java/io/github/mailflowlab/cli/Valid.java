package io.github.mailflowlab.cli;

import io.github.mailflowlab.settings.ReadOutcome;
import io.github.mailflowlab.settings.SettingsProblem;

/** What a file says, for a command: right, or every problem and exit status 2. */
final class Valid {
  private Valid() {}

  static <T> T of(ReadOutcome<T> outcome) {
    if (outcome.problems().isEmpty()) {
      return outcome.value();
    }
    throw new CommandFailure(
        MailFlow.USAGE,
        String.join("\n", outcome.problems().stream().map(SettingsProblem::toString).toList()));
  }
}
