package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dns show|set|remove}: the address records of a lesson's servers. */
@Command(
    name = "dns",
    description = "Shows and changes the address records of the servers of a lesson.",
    subcommands = {DnsCommand.Show.class, DnsCommand.Set.class, DnsCommand.Remove.class})
final class DnsCommand {
  private static final String RECORDS = "/lab/dns";

  private static String path(String name) {
    return RECORDS + "/" + Instance.encoded(name);
  }

  private static Table table() {
    return new Table("NAME", "TYPE", "ADDRESSES", "STATUS");
  }

  private static void row(Table table, JsonNode entry) {
    table.row(
        Fields.text(entry, "name"),
        Fields.text(entry, "type"),
        Configured.text(entry.path("addresses")),
        Fields.text(entry, "status"));
  }

  private static void print(Console console, JsonNode entry) {
    if (!console.printedAsJson(entry)) {
      Table table = table();
      row(table, entry);
      table.print(console.out());
    }
  }

  /** {@code dns show}. */
  @Command(name = "show", description = "Shows all records.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get(RECORDS);
      if (!console.printedAsJson(document)) {
        Table table = table();
        document.path("records").forEach(entry -> row(table, entry));
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code dns set NAME A ADDRESS...}. */
  @Command(name = "set", description = "Lets a name lead there, and nowhere else.")
  static final class Set implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(index = "0", paramLabel = "NAME", description = "As in host list.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "A.")
    private String type = "";

    @Parameters(
        index = "2..*",
        arity = "1..*",
        paramLabel = "ADDRESS",
        description = "Such as 127.0.0.1.")
    private List<String> addresses = new ArrayList<>();

    @Override
    public Integer call() {
      if (!type.equalsIgnoreCase("A")) {
        throw new CommandFailure(
            MailFlow.USAGE, "TYPE: \"" + Console.safe(type) + "\" (expected: A)");
      }
      String body = Json.compact(Map.of("addresses", addresses));
      print(console, instance.send("PUT", path(name), body));
      return MailFlow.OK;
    }
  }

  /** {@code dns remove NAME}. */
  @Command(name = "remove", description = "Lets a name exist no more; the server stays.")
  static final class Remove implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "NAME", description = "As in host list.")
    private String name = "";

    @Override
    public Integer call() {
      print(console, instance.send("DELETE", path(name), ""));
      return MailFlow.OK;
    }
  }
}
