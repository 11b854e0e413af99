package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts fix ID}. */
@Command(
    name = "fix",
    description =
        "Fix now, for mail to servers that are gone for good: gives the connector up, and after the"
            + " propagation time routes the mail that waits again.")
final class FixCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final Instance instance = new Instance();
  @Mixin private final Ordering ordering = new Ordering();

  @Parameters(paramLabel = "ID", description = "As in alerts list.")
  private String id = "";

  @Option(names = "--dry-run", description = "Only say what it does, or has done.")
  private boolean dryRun;

  @Override
  public Integer call() {
    String path = "/alerts/" + Instance.encoded(id) + "/fix";
    return print(console, dryRun ? instance.get(path) : ordering.post(instance, path));
  }

  private static int print(Console console, JsonNode fix) {
    if (!console.printedAsJson(fix)) {
      Fields.print(console.out(), fix);
      int number = 1;
      for (JsonNode step : fix.path("steps")) {
        console.out().println("  " + number++ + ". " + Console.safe(step.asText()));
      }
    }
    return MailFlow.OK;
  }

  /** {@code alerts unfix ID}. */
  @Command(name = "unfix", description = "Takes a Fix now back before it has taken effect.")
  static final class Undo implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();
    @Mixin private final Ordering ordering = new Ordering();

    @Parameters(paramLabel = "ID", description = "As in alerts list.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode fix = ordering.send(instance, "DELETE", "/alerts/" + Instance.encoded(id) + "/fix");
      if (!console.printedAsJson(fix)) {
        console.out().println("Fix now of alert " + Console.safe(id) + " is undone.");
      }
      return MailFlow.OK;
    }
  }
}
