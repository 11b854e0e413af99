package io.github.mailflowlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.document.ValidationDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code connector list|show|set|reset|validate}. */
@Command(
    name = "connector",
    description = "Shows and changes the outbound connectors of a running instance.",
    subcommands = {
      ConnectorCommand.Listing.class,
      ConnectorCommand.Show.class,
      ConnectorCommand.Set.class,
      ConnectorCommand.Reset.class,
      ConnectorCommand.Validate.class
    })
final class ConnectorCommand {
  private static String path(String name) {
    return "/connectors/" + Instance.encoded(name);
  }

  /** {@code connector list}. */
  @Command(name = "list", description = "Lists the connectors, the disabled ones too.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode document = instance.get("/connectors");
      if (!console.printedAsJson(document)) {
        Table table =
            new Table("NAME", "TYPE", "ENABLED", "DOMAINS", "SMART HOSTS", "TLS", "CHANGED");
        for (JsonNode connector : document.path("connectors")) {
          JsonNode parameters = connector.path("parameters");
          table.row(
              Fields.text(connector, "name"),
              Fields.text(parameters, "connectorType"),
              Fields.text(parameters, "enabled"),
              Configured.text(parameters.path("recipientDomains")),
              Configured.text(parameters.path("smartHosts")),
              Fields.text(parameters, "tlsSettings"),
              Configured.mark(connector));
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code connector show NAME}. */
  @Command(name = "show", description = "Shows all parameters of a connector.")
  static final class Show extends ConfiguredCommand {
    @Override
    public Integer call() {
      return show(path(name()));
    }
  }

  /** {@code connector set NAME PARAMETER=VALUE...}. */
  @Command(
      name = "set",
      description = "Changes a connector while it runs; all is checked before anything changes.")
  static final class Set implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(index = "0", paramLabel = "NAME", description = "As in connector list.")
    private String name = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "PARAMETER=VALUE",
        description = "Exchange's names; lists with commas; nothing after = for nothing.")
    private List<String> changes = new ArrayList<>();

    @Option(names = "--new", description = "Make the connector, or say all of its parameters anew.")
    private boolean create;

    @Override
    public Integer call() {
      Configured.print(
          console,
          Configured.change(
              instance, path(name), create, Configured.parameters(changes, Set::value)));
      return MailFlow.OK;
    }

    private static Object value(String key, String text) {
      ConnectorParameter parameter =
          ConnectorParameter.of(key)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          MailFlow.USAGE,
                          Console.safe(key) + ": unknown parameter (known: " + known() + ")"));
      return switch (parameter.kind()) {
        case TEXT -> text;
        case FLAG -> flag(parameter, text);
        case LIST -> Arrays.asList(text.split(",", -1));
      };
    }

    private static Object flag(ConnectorParameter parameter, String text) {
      if (!text.matches("(?i)true|false")) {
        throw new CommandFailure(MailFlow.USAGE, parameter.key() + ": expected true or false");
      }
      return text.equalsIgnoreCase("true");
    }

    private static String known() {
      return String.join(
          ", ", Arrays.stream(ConnectorParameter.values()).map(ConnectorParameter::key).toList());
    }
  }

  /** {@code connector reset NAME}. */
  @Command(
      name = "reset",
      description = "Forgets what was changed; a connector that no file has is gone by that.")
  static final class Reset extends ConfiguredCommand {
    @Override
    public Integer call() {
      return reset(path(name()), "connector");
    }
  }

  /** {@code connector validate NAME}. */
  @Command(
      name = "validate",
      description = "Validates a connector of a running instance as it is now, as Exchange does.")
  static final class Validate implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "NAME", description = "As in connector list.")
    private String name = "";

    @Option(
        names = "--to",
        paramLabel = "ADDR",
        description = "Who gets a test mail (default: those of the last time). Repeatable.")
    private List<String> recipients = new ArrayList<>();

    @Override
    public Integer call() throws JsonProcessingException {
      String body = recipients.isEmpty() ? "{}" : Json.compact(Map.of("recipients", recipients));
      JsonNode result = instance.send("POST", path(name) + "/validate", body);
      return ValidationReport.print(
          console, Json.read(Json.compact(result), ValidationDocument.class));
    }
  }
}
