package io.github.mailflowlab.cli;

import io.github.mailflowlab.document.ValidationDocument;

/** The result of a validation, for people or as JSON. */
final class ValidationReport {
  private ValidationReport() {}

  /** Prints it, and says the exit status. */
  static int print(Console console, ValidationDocument result) {
    if (!console.printedAsJson(result)) {
      printText(console, result);
    }
    return result.succeeded() ? MailFlow.OK : MailFlow.FAILED;
  }

  private static void printText(Console console, ValidationDocument result) {
    Table table = new Table("TASK", "STATUS", "DETAIL");
    result.tasks().forEach(task -> table.row(task.task(), task.status(), task.detail()));
    table.print(console.out());
    console.out().println();
    result.transcript().forEach(line -> console.out().println(Console.safe(line)));
    console.out().println();
    console
        .out()
        .println(
            result.succeeded()
                ? "Succeeded."
                : "Failed at stage "
                    + result.stage()
                    + ": "
                    + Console.safe(result.lastError().orElse("")));
    result.advice().forEach(line -> console.out().println("  - " + line));
  }
}
