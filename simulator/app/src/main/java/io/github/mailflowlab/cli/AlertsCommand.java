package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts list|show|investigate|resolve|dismiss|fix|unfix}. */
@Command(
    name = "alerts",
    description = "Shows the alerts of a running instance, and says what was done about them.",
    subcommands = {
      AlertsCommand.Listing.class,
      AlertsCommand.Show.class,
      AlertsCommand.Investigate.class,
      AlertsCommand.Resolve.class,
      AlertsCommand.Dismiss.class,
      FixCommand.class,
      FixCommand.Undo.class
    })
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
        for (JsonNode note : alert.path("notes")) {
          console
              .out()
              .printf(
                  Locale.ROOT,
                  "%-22s %s by %s: %s%n",
                  Fields.text(note, "state"),
                  Fields.text(note, "time"),
                  Fields.text(note, "by"),
                  Fields.text(note, "comment"));
        }
        for (JsonNode told : alert.path("notifications")) {
          console
              .out()
              .printf(
                  Locale.ROOT,
                  "%-22s %s of %s, tries %s: %s%n",
                  Fields.text(told, "state"),
                  Fields.text(told, "receiver"),
                  Fields.text(told, "about"),
                  Fields.text(told, "tries"),
                  Fields.text(told, "reason"));
        }
        console.out().println("How to fix");
        alert
            .path("advice")
            .forEach(line -> console.out().println("  - " + Console.safe(line.asText())));
      }
      return MailFlow.OK;
    }
  }

  /** Which alert, and what to note with it; a mixin of the commands that change its state. */
  static final class Change {
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in alerts list.")
    private String id = "";

    @Option(names = "--comment", description = "Why; kept with the alert.")
    private @Nullable String comment;

    int make(Console console, String operation) {
      String query = "?by=cli" + (comment == null ? "" : "&comment=" + Instance.encoded(comment));
      JsonNode alert =
          instance.send("POST", "/alerts/" + Instance.encoded(id) + "/" + operation + query, "");
      if (!console.printedAsJson(alert)) {
        console
            .out()
            .println("Alert " + Console.safe(id) + " is " + Fields.text(alert, "state") + ".");
      }
      return MailFlow.OK;
    }
  }

  /** {@code alerts investigate ID}. */
  @Command(name = "investigate", description = "Says that somebody looks after an alert.")
  static final class Investigate implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Change change = new Change();

    @Override
    public Integer call() {
      return change.make(console, "investigate");
    }
  }

  /** {@code alerts resolve ID}. */
  @Command(
      name = "resolve",
      description = "Closes an alert as repaired; the same trouble is not told again.")
  static final class Resolve implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Change change = new Change();

    @Override
    public Integer call() {
      return change.make(console, "resolve");
    }
  }

  /** {@code alerts dismiss ID}. */
  @Command(
      name = "dismiss",
      description = "Closes an alert that nobody cares for; the same trouble is not told again.")
  static final class Dismiss implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Change change = new Change();

    @Override
    public Integer call() {
      return change.make(console, "dismiss");
    }
  }
}
