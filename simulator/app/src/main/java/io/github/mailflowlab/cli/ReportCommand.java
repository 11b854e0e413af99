package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report queued|health|invalid}. */
@Command(
    name = "report",
    description = "Shows the reports of a running instance.",
    subcommands = {
      ReportCommand.Queued.class,
      ReportCommand.Health.class,
      ReportCommand.Invalid.class
    })
final class ReportCommand {

  /** {@code report queued [CONNECTOR]}. */
  @Command(
      name = "queued",
      description =
          "What has been queued for long behind each connector; of one of them, how to fix it and"
              + " the messages.")
  static final class Queued implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "CONNECTOR", arity = "0..1", description = "As in connector list.")
    private @Nullable String connector;

    @Override
    public Integer call() {
      String path = "/reports/queued-messages";
      JsonNode report =
          instance.get(connector == null ? path : path + "/" + Instance.encoded(connector));
      if (!console.printedAsJson(report)) {
        if (connector == null) {
          printAll(report);
        } else {
          printOne(report);
        }
      }
      return MailFlow.OK;
    }

    private void printAll(JsonNode report) {
      Table table =
          new Table("CONNECTOR", "QUEUED", "SINCE", "EXPIRES IN", "DESTINATION", "LAST ERROR");
      for (JsonNode row : report.path("connectors")) {
        table.row(
            Fields.text(row, "connector"),
            Fields.text(row, "count"),
            Fields.text(row, "queuedSince"),
            Fields.text(row, "oldestExpiresIn"),
            Fields.text(row, "destinationServer"),
            Fields.text(row, "lastError"));
      }
      table.print(console.out());
    }

    private void printOne(JsonNode row) {
      Fields.print(console.out(), row);
      if (!row.path("advice").isEmpty()) {
        console.out().println("How to fix");
        row.path("advice")
            .forEach(line -> console.out().println("  - " + Console.safe(line.asText())));
      }
      MessageTable.print(console.out(), row.path("messages"));
    }
  }

  /** {@code report health CONNECTOR}. */
  @Command(name = "health", description = "How a connector did, in quarters of an hour.")
  static final class Health implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "CONNECTOR", description = "As in connector list.")
    private String connector = "";

    @Option(
        names = "--since",
        paramLabel = "INSTANT",
        description = "For example 2030-01-01T00:00:00Z.")
    private @Nullable String since;

    @Override
    public Integer call() {
      JsonNode report =
          instance.get(
              "/reports/connector-health?connector="
                  + Instance.encoded(connector)
                  + (since == null ? "" : "&since=" + Instance.encoded(since)));
      if (!console.printedAsJson(report)) {
        Table table = new Table("FROM", "ATTEMPTS", "DELIVERED", "DEFERRED", "RETURNED", "TLS");
        for (JsonNode bucket : report.path("buckets")) {
          table.row(
              Fields.text(bucket, "start"),
              Fields.text(bucket, "attempts"),
              Fields.text(bucket, "delivered"),
              counts(bucket.path("deferred")),
              counts(bucket.path("returned")),
              counts(bucket.path("tls")));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }

    /** For example {@code 4.4.316: 3, 4.4.317: 1}. */
    private static String counts(JsonNode counts) {
      List<String> texts =
          counts.properties().stream()
              .map(count -> count.getKey() + ": " + count.getValue().asText())
              .sorted()
              .toList();
      return texts.isEmpty() ? "-" : texts.stream().collect(Collectors.joining(", "));
    }
  }

  /** {@code report invalid}. */
  @Command(
      name = "invalid",
      description = "Mail for recipients that do not exist, by accepted domain.")
  static final class Invalid implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode report = instance.get("/reports/invalid-recipients");
      if (!console.printedAsJson(report)) {
        Table table = new Table("DOMAIN", "REFUSED", "RETURNED", "QUOTA", "EXCEEDED");
        for (JsonNode domain : report.path("domains")) {
          table.row(
              Fields.text(domain, "domain"),
              Fields.text(domain, "refused"),
              Fields.text(domain, "returned"),
              Fields.text(domain, "quota"),
              Fields.text(domain, "exceeded"));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }
}
