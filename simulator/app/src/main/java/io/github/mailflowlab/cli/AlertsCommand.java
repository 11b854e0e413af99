package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alerts list|show}. */
@Command(
    name = "alerts",
    description = "Shows the alerts of a running instance.",
    subcommands = {AlertsCommand.Listing.class, AlertsCommand.Show.class})
final class AlertsCommand {

  /** {@code alerts list}. */
  @Command(name = "list", description = "Lists the alerts, the newest first.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get("/alerts");
      if (!console.printedAsJson(document)) {
        Table table =
            new Table("ID", "SEVERITY", "STATE", "CONNECTOR", "COUNT", "RAISED", "LAST ERROR");
        for (JsonNode alert : document.path("alerts")) {
          table.row(
              Fields.text(alert, "id"),
              Fields.text(alert, "severity"),
              Fields.text(alert, "state"),
              Fields.text(alert, "connector"),
              Fields.text(alert, "count"),
              Fields.text(alert, "raised"),
              Fields.text(alert, "lastError"));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code alerts show ID}. */
  @Command(name = "show", description = "Shows one alert, and what to do about it.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in alerts list.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode alert = instance.get("/alerts/" + Instance.encoded(id));
      if (!console.printedAsJson(alert)) {
        Fields.print(console.out(), alert);
        console.out().println("How to fix");
        alert
            .path("advice")
            .forEach(line -> console.out().println("  - " + Console.safe(line.asText())));
      }
      return MailFlow.OK;
    }
  }
}
