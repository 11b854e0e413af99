package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands for connectors and for accepted domains have in common. */
final class Configured {
  private Configured() {}

  /** Reads {@code PARAMETER=VALUE} words; nothing after the sign takes the parameter back. */
  static Map<String, @Nullable Object> parameters(Iterable<String> words, Reading reading) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    for (String word : words) {
      int sign = word.indexOf('=');
      if (sign < 1) {
        throw new CommandFailure(MailFlow.USAGE, Console.safe(word) + ": expected PARAMETER=VALUE");
      }
      String key = word.substring(0, sign);
      String text = word.substring(sign + 1);
      parameters.put(key, text.isEmpty() ? null : reading.value(key, text));
    }
    return parameters;
  }

  /** What the text of a parameter means. */
  interface Reading {
    Object value(String key, String text);
  }

  static JsonNode change(
      Instance instance, String path, boolean create, Map<String, @Nullable Object> parameters) {
    return instance.send(create ? "PUT" : "PATCH", path, Json.compact(parameters));
  }

  /** One thing for people: its parameters, those changed marked, and what is to come. */
  static void print(Console console, JsonNode document) {
    if (console.printedAsJson(document)) {
      return;
    }
    Table table = new Table("PARAMETER", "VALUE", "");
    for (Map.Entry<String, JsonNode> field : document.path("parameters").properties()) {
      table.row(
          field.getKey(), text(field.getValue()), isChanged(document, field.getKey()) ? "*" : "");
    }
    table.print(console.out());
    if (!document.path("overridden").isEmpty()) {
      console.out().println("* changed while running");
    }
    for (JsonNode pending : document.path("pending")) {
      console.out().println(pendingText(pending));
    }
  }

  /** Whether something was changed or is about to change, for a list. */
  static String mark(JsonNode document) {
    return !document.path("pending").isEmpty()
        ? "pending"
        : document.path("overridden").isEmpty() ? "-" : "changed";
  }

  /** A value on one line: the entries of a list with commas between them, a hyphen for nothing. */
  static String text(JsonNode value) {
    if (value.isArray()) {
      StringBuilder line = new StringBuilder();
      value.forEach(entry -> line.append(line.length() == 0 ? "" : ",").append(entry.asText()));
      return line.length() == 0 ? "-" : Console.safe(line.toString());
    }
    return value.isNull() ? "-" : Console.safe(value.asText());
  }

  private static boolean isChanged(JsonNode document, String key) {
    for (JsonNode name : document.path("overridden")) {
      if (name.asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static String pendingText(JsonNode pending) {
    StringBuilder line = new StringBuilder("takes effect ");
    line.append(Fields.text(pending, "takesEffect"));
    JsonNode parameters = pending.path("parameters");
    if (parameters.isNull()) {
      line.append(" reset");
    }
    for (Map.Entry<String, JsonNode> field : parameters.properties()) {
      line.append(" ").append(field.getKey()).append("=").append(text(field.getValue()));
    }
    return line.toString();
  }
}
