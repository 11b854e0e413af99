package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code domain list|show|set|reset}. */
@Command(
    name = "domain",
    description = "Shows and changes the accepted domains of a running instance.",
    subcommands = {
      DomainCommand.Listing.class,
      DomainCommand.Show.class,
      DomainCommand.Change.class,
      DomainCommand.Reset.class
    })
final class DomainCommand {
  private static String path(String name) {
    return "/domains/" + Instance.encoded(name);
  }

  /** {@code domain list}. */
  @Command(name = "list", description = "Lists the accepted domains.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get("/domains");
      if (!console.printedAsJson(document)) {
        Table table = new Table("NAME", "TYPE", "CHANGED", "MAILBOXES");
        for (JsonNode domain : document.path("domains")) {
          table.row(
              Fields.text(domain, "name"),
              Fields.text(domain.path("parameters"), "type"),
              Configured.mark(domain),
              Configured.text(domain.path("parameters").path("mailboxes")));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code domain show NAME}. */
  @Command(name = "show", description = "Shows an accepted domain.")
  static final class Show extends ConfiguredCommand {
    @Override
    public Integer call() {
      return show(path(name()));
    }
  }

  /** {@code domain set NAME}. */
  @Command(
      name = "set",
      description = "Changes an accepted domain; all is checked before anything changes.")
  static final class Change implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "NAME", description = "As in domain list.")
    private String name = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "Authoritative or InternalRelay.")
    private @Nullable String type;

    @Option(
        names = "--mailboxes",
        paramLabel = "ADDR[,ADDR]",
        description = "The mailboxes of the lab in this domain, instead of those there are.")
    private @Nullable String mailboxes;

    @Option(
        names = "--add-mailbox",
        paramLabel = "ADDR",
        description = "One more mailbox. Repeatable.")
    private List<String> added = new ArrayList<>();

    @Option(names = "--new", description = "Make the domain, or say everything of it anew.")
    private boolean create;

    @Override
    public Integer call() {
      Map<String, @Nullable Object> changes = new LinkedHashMap<>();
      if (type != null) {
        changes.put("type", type);
      }
      if (mailboxes != null || !added.isEmpty()) {
        changes.put("mailboxes", addresses());
      }
      if (changes.isEmpty() && !create) {
        throw new CommandFailure(
            MailFlow.USAGE, "Nothing to change (expected: --type, --mailboxes or --add-mailbox)");
      }
      Configured.print(console, Configured.change(instance, path(name), create, changes));
      return MailFlow.OK;
    }

    private Set<String> addresses() {
      Set<String> addresses = new LinkedHashSet<>();
      if (mailboxes == null && !create) {
        saved(instance.get(path(name))).forEach(address -> addresses.add(address.asText()));
      } else if (mailboxes != null && !mailboxes.isEmpty()) {
        addresses.addAll(Arrays.asList(mailboxes.split(",", -1)));
      }
      addresses.addAll(added);
      return addresses;
    }

    /** Those that are on their way to all servers, if some are; else those there are. */
    private static JsonNode saved(JsonNode domain) {
      JsonNode saved = domain.path("parameters").path("mailboxes");
      for (JsonNode pending : domain.path("pending")) {
        JsonNode mailboxes = pending.path("parameters").path("mailboxes");
        saved = mailboxes.isArray() ? mailboxes : saved;
      }
      return saved;
    }
  }

  /** {@code domain reset NAME}. */
  @Command(
      name = "reset",
      description = "Forgets what was changed; a domain that no file has is gone by that.")
  static final class Reset extends ConfiguredCommand {
    @Override
    public Integer call() {
      return reset(path(name()), "domain");
    }
  }
}
