package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fault set|clear|show HOST}: the faults of a running lab's host. */
final class HostFaults {
  private HostFaults() {}

  private static String path(String host) {
    return "/lab/hosts/" + Instance.encoded(host) + "/faults";
  }

  private static int print(Console console, JsonNode document) {
    if (!console.printedAsJson(document)) {
      Table table = new Table("ID", "WHERE", "WHAT", "WHO", "WHEN", "TTL", "REACHED", "ACTED");
      for (JsonNode fault : document.path("faults")) {
        JsonNode seen = fault.path("seen");
        table.row(
            text(fault.path("id")),
            text(fault.path("where")),
            text(fault.path("what")),
            pairs(fault.path("who")),
            pairs(fault.path("when")),
            text(fault.path("ttl")),
            seen.path("reached").asLong(),
            seen.path("counted").asBoolean() ? seen.path("acted").asText() : "unseen");
      }
      table.print(console.out());
    }
    return MailFlow.OK;
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "-" : Console.safe(value.asText());
  }

  private static String pairs(JsonNode object) {
    StringBuilder pairs = new StringBuilder();
    object
        .properties()
        .forEach(
            field ->
                pairs
                    .append(pairs.isEmpty() ? "" : " ")
                    .append(Console.safe(field.getKey() + "=" + field.getValue().asText())));
    return pairs.isEmpty() ? "-" : pairs.toString();
  }

  /** {@code fault set HOST --id ... | --where ... --what ...}. */
  @Command(name = "set", description = "Gives a host of a running lab a fault, on top of others.")
  static final class Set implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();
    @Mixin private final FaultOrderOptions order = new FaultOrderOptions();

    @Parameters(paramLabel = "HOST", description = "Its name.")
    private String host = "";

    @Override
    public Integer call() {
      return print(console, instance.send("POST", path(host), order.json()));
    }
  }

  /** {@code fault clear HOST [ID]}. */
  @Command(name = "clear", description = "Takes faults away from a host of a running lab.")
  static final class Clear implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(index = "0", paramLabel = "HOST", description = "Its name.")
    private String host = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "ID",
        description = "Those with this id; all when absent.")
    private @Nullable String id;

    @Override
    public Integer call() {
      String path = id == null ? path(host) : path(host) + "/" + Instance.encoded(id);
      return print(
          console,
          Instance.successful(
                  instance.request("DELETE", path, BodyPublishers.noBody(), "application/json"))
              .document());
    }
  }

  /** {@code fault show HOST}. */
  @Command(name = "show", description = "Shows the faults of a host, and what became of them.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "HOST", description = "Its name.")
    private String host = "";

    @Override
    public Integer call() {
      return print(console, instance.get(path(host)));
    }
  }
}
