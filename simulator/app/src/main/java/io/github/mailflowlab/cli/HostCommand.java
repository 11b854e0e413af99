package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code host list|show|set}: the servers of a lesson, as their administrator has them. */
@Command(
    name = "host",
    description = "Shows and changes the mail servers of a lesson, as their administrator would.",
    subcommands = {HostCommand.Listing.class, HostCommand.Show.class, HostCommand.Set.class})
final class HostCommand {
  private static String path(String name) {
    return "/lab/hosts/" + Instance.encoded(name) + "/administration";
  }

  private static void print(Console console, JsonNode host) {
    if (!console.printedAsJson(host)) {
      Fields.print(console.out(), host);
      Table table = new Table("SETTING", "VALUE");
      for (Map.Entry<String, JsonNode> setting : host.path("settings").properties()) {
        table.row(setting.getKey(), setting.getValue().asText());
      }
      table.print(console.out());
    }
  }

  /** {@code host list}. */
  @Command(name = "list", description = "Lists the servers, and where they listen.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get("/lab/administration");
      if (!console.printedAsJson(document)) {
        Table table = new Table("NAME", "ADDRESS", "PORT", "SERVICE");
        for (JsonNode host : document.path("hosts")) {
          table.row(
              Fields.text(host, "name"),
              Fields.text(host, "address"),
              Fields.text(host, "port"),
              Fields.text(host.path("settings"), "service"));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code host show NAME}. */
  @Command(name = "show", description = "Shows how a server is set up.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "NAME", description = "As in host list.")
    private String name = "";

    @Override
    public Integer call() {
      print(console, instance.get(path(name)));
      return MailFlow.OK;
    }
  }

  /** {@code host set NAME}. */
  @Command(name = "set", description = "Changes a server; all is checked before anything changes.")
  static final class Set implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "NAME", description = "As in host list.")
    private String name = "";

    @Option(names = "--service", paramLabel = "VALUE", description = "running or stopped.")
    private @Nullable String service;

    @Option(
        names = "--firewall",
        paramLabel = "VALUE",
        description = "open, drop, reject, or inspect, which overwrites what it does not know.")
    private @Nullable String firewall;

    @Option(
        names = "--scanner",
        paramLabel = "VALUE",
        description = "on or off: a virus scanner in the line, which resets what it dislikes.")
    private @Nullable String scanner;

    @Option(
        names = "--certificate",
        paramLabel = "VALUE",
        description =
            "renew, or one that is expired, not-yet-valid, other-name, self-signed, private-root"
                + " or incomplete.")
    private @Nullable String certificate;

    @Option(names = "--starttls", paramLabel = "VALUE", description = "on or off.")
    private @Nullable String starttls;

    @Option(
        names = "--require-tls",
        paramLabel = "VALUE",
        description = "on or off: whether mail in the clear is refused.")
    private @Nullable String requireTls;

    @Option(
        names = "--greylisting",
        paramLabel = "VALUE",
        description = "on or off: whether strangers have to come a second time.")
    private @Nullable String greylisting;

    @Override
    public Integer call() {
      Map<String, @Nullable String> changes = new LinkedHashMap<>();
      changes.put("service", service);
      changes.put("firewall", firewall);
      changes.put("scanner", scanner);
      changes.put("certificate", certificate);
      changes.put("starttls", starttls);
      changes.put("requireTls", requireTls);
      changes.put("greylisting", greylisting);
      changes.values().removeIf(value -> value == null);
      if (changes.isEmpty()) {
        throw new CommandFailure(
            MailFlow.USAGE, "Nothing to change (expected: --service, --certificate, ...)");
      }
      print(console, instance.send("PATCH", path(name), Json.compact(changes)));
      return MailFlow.OK;
    }
  }
}
