package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code queue list|show|retry|suspend|resume}. */
@Command(
    name = "queue",
    description = "Shows, retries and suspends the queues of a running instance.",
    subcommands = {
      QueueCommand.Listing.class,
      QueueCommand.Show.class,
      QueueCommand.Retry.class,
      QueueCommand.Suspend.class,
      QueueCommand.Resume.class
    })
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
    @Mixin private final Ordering ordering = new Ordering();

    @Parameters(paramLabel = "ID", description = "As in queue list.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode queue = ordering.post(instance, "/queues/" + Instance.encoded(id) + "/retry");
      if (!console.printedAsJson(queue)) {
        console.out().println("Queue " + Fields.text(queue, "id") + " is being tried.");
      }
      return MailFlow.OK;
    }
  }

  /** What to hold back: one queue, or all of a connector. */
  static final class Target {
    @Parameters(paramLabel = "ID", description = "As in queue list.")
    private @Nullable String id;

    @Option(names = "--connector", description = "All queues of this connector.")
    private @Nullable String connector;

    String path() {
      return id == null
          ? "/connectors/" + Instance.encoded(String.valueOf(connector))
          : "/queues/" + Instance.encoded(id);
    }

    String text() {
      return id == null
          ? "Connector '" + Console.safe(String.valueOf(connector)) + "'"
          : "Queue " + id;
    }
  }

  /** Has one of them done. */
  abstract static class Holding implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();
    @Mixin private final Ordering ordering = new Ordering();

    @ArgGroup(multiplicity = "1")
    private final Target target = new Target();

    final int have(String operation, String done) {
      JsonNode document = ordering.post(instance, target.path() + "/" + operation);
      if (!console.printedAsJson(document)) {
        console.out().println(target.text() + " is " + done + ".");
      }
      return MailFlow.OK;
    }
  }

  /** {@code queue suspend}. */
  @Command(
      name = "suspend",
      description = "Holds a queue back: it takes mail and sends none; expiry goes on.")
  static final class Suspend extends Holding {
    @Override
    public Integer call() {
      return have("suspend", "suspended");
    }
  }

  /** {@code queue resume}. */
  @Command(name = "resume", description = "Lets a suspended queue deliver again.")
  static final class Resume extends Holding {
    @Override
    public Integer call() {
      return have("resume", "resumed");
    }
  }
}
