package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace [ID]}: what happened to a message, or which messages there are. */
@Command(
    name = "trace",
    description = "Shows what happened to a message; without an ID, lists the newest messages.")
final class TraceCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final Instance instance = new Instance();

  @Mixin private final Matching matching = new Matching();

  @Parameters(paramLabel = "ID", arity = "0..1", description = "As answered to send or by SMTP.")
  private String id = "";

  @Option(names = "--transcript", description = "Show the transcripts of the attempts, too.")
  private boolean transcript;

  @Override
  public Integer call() {
    String query = matching.query();
    if (!query.isEmpty() && !id.isEmpty()) {
      throw new CommandFailure(MailFlow.USAGE, "Expected an ID or a filter, not both.");
    }
    JsonNode document =
        id.isEmpty()
            ? instance.get("/messages" + (query.isEmpty() ? "" : "?" + query))
            : instance.get("/messages/" + Instance.encoded(id));
    if (console.printedAsJson(document)) {
      return MailFlow.OK;
    }
    if (id.isEmpty()) {
      MessageTable.print(console.out(), document.path("messages"));
    } else {
      printTrace(document);
    }
    return MailFlow.OK;
  }

  private void printTrace(JsonNode message) {
    Fields.print(console.out(), message);
    for (JsonNode recipient : message.path("recipients")) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%-22s %s  %s  %s%n",
              "recipient",
              Fields.text(recipient, "address"),
              Fields.text(recipient, "status"),
              Fields.text(recipient, "lastError"));
    }
    for (JsonNode event : message.path("events")) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s  %-8s %s%n",
              Fields.text(event, "time"),
              Fields.text(event, "event"),
              Fields.text(event, "detail"));
      if (transcript) {
        event
            .path("transcript")
            .forEach(line -> console.out().println("    " + Console.safe(line.asText())));
      }
    }
  }
}
