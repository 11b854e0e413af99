package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailbox list|show}. */
@Command(
    name = "mailbox",
    description = "Reads the lab's own mailboxes, where NDRs and alerts arrive.",
    subcommands = {MailboxCommand.Listing.class, MailboxCommand.Show.class})
final class MailboxCommand {

  /** {@code mailbox list [ADDRESS]}. */
  @Command(name = "list", description = "Lists the mail of one mailbox, or of all.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ADDRESS", arity = "0..1", description = "Whose mailbox.")
    private String address = "";

    @Override
    public Integer call() {
      String mailbox = address.isEmpty() ? "" : "/" + Instance.encoded(address);
      JsonNode document = instance.get("/mailboxes" + mailbox + "/messages?limit=1000");
      if (!console.printedAsJson(document)) {
        Table table = new Table("ID", "MAILBOX", "RECEIVED", "NDR", "SUBJECT");
        for (JsonNode mail : document.path("messages")) {
          table.row(
              Fields.text(mail, "id"),
              Fields.text(mail, "mailbox"),
              Fields.text(mail, "received"),
              Fields.text(mail, "status"),
              Fields.text(mail, "subject"));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code mailbox show ID}. */
  @Command(name = "show", description = "Shows one mail: its header and its text.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in mailbox list.")
    private String id = "";

    @Option(names = "--raw", description = "The mail itself, octet by octet.")
    private boolean raw;

    @Override
    public Integer call() {
      String path = "/mailboxes/messages/" + Instance.encoded(id);
      if (raw) {
        console.write(instance.getRaw(path + "/content"));
        return MailFlow.OK;
      }
      JsonNode mail = instance.get(path);
      if (!console.printedAsJson(mail)) {
        Fields.print(console.out(), ((ObjectNode) mail.deepCopy()).without("text"));
        console.out().println();
        mail.path("text").asText().lines().map(Console::safe).forEach(console.out()::println);
      }
      return MailFlow.OK;
    }
  }
}
