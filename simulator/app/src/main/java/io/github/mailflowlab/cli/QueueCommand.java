package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code queue list|show|retry}. */
@Command(
    name = "queue",
    description = "Shows and retries the queues of a running instance.",
    subcommands = {QueueCommand.Listing.class, QueueCommand.Show.class, QueueCommand.Retry.class})
final class QueueCommand {

  /** {@code queue list}. */
  @Command(name = "list", description = "Lists the queues.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get("/queues");
      if (!console.printedAsJson(document)) {
        Table table =
            new Table(
                "ID", "CONNECTOR", "STATUS", "MESSAGES", "DEFERRED", "NEXT RETRY", "LAST ERROR");
        for (JsonNode queue : document.path("queues")) {
          table.row(
              Fields.text(queue, "id"),
              Fields.text(queue, "connector"),
              Fields.text(queue, "status"),
              Fields.text(queue, "messageCount"),
              Fields.text(queue, "deferredMessageCount"),
              Fields.text(queue, "nextRetryTime"),
              Fields.text(queue, "lastError"));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code queue show ID}. */
  @Command(name = "show", description = "Shows one queue and the messages in it.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in queue list.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode queue = instance.get("/queues/" + Instance.encoded(id));
      if (!console.printedAsJson(queue)) {
        Fields.print(console.out(), queue);
        MessageTable.print(console.out(), queue.path("messages"));
      }
      return MailFlow.OK;
    }
  }

  /** {@code queue retry ID}. */
  @Command(name = "retry", description = "Tries the next hop of a queue in Retry now.")
  static final class Retry implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in queue list.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode queue =
          Instance.successful(
                  instance.request(
                      "POST",
                      "/queues/" + Instance.encoded(id) + "/retry",
                      BodyPublishers.noBody(),
                      "application/json"))
              .document();
      if (!console.printedAsJson(queue)) {
        console.out().println("Queue " + Fields.text(queue, "id") + " is being tried.");
      }
      return MailFlow.OK;
    }
  }
}
