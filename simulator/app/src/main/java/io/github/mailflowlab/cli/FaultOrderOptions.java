package io.github.mailflowlab.cli;

import io.github.mailflowlab.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The five keys of an order for a fault; a mixin. What they may say is the instance's business. */
final class FaultOrderOptions {
  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "A fault of the catalogue; or, beside --where, a name of your own.")
  private @Nullable String id;

  @Option(names = "--where", paramLabel = "STAGE", description = "connect, banner, ehlo, ... quit.")
  private @Nullable String where;

  @Option(
      names = "--what",
      paramLabel = "ACTION",
      description = "For example: reply 450 4.2.1 Busy; close; silence; greylist PT5M; lose.")
  private @Nullable String what;

  @Option(
      names = "--who",
      paramLabel = "KEY=VALUE",
      description = "client, helo, sender, recipient or sizeAtLeast; may be repeated.")
  private Map<String, String> who = Map.of();

  @Option(
      names = "--when",
      paramLabel = "KEY=VALUE",
      description = "from, until, daily, after, every, quota, chance or times; may be repeated.")
  private Map<String, String> when = Map.of();

  @Option(names = "--ttl", paramLabel = "DURATION", description = "How long, in the lab's time.")
  private @Nullable String ttl;

  String json() {
    Map<String, Object> order = new LinkedHashMap<>();
    put(order, "id", id);
    put(order, "where", where);
    put(order, "what", what);
    order.put("who", who);
    order.put("when", when);
    put(order, "ttl", ttl);
    return Json.compact(order);
  }

  private static void put(Map<String, Object> order, String key, @Nullable String value) {
    if (value != null) {
      order.put(key, value);
    }
  }
}
