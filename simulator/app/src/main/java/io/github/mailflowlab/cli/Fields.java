package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** The fields of a document, for people. */
final class Fields {
  private Fields() {}

  /** One field as text; a hyphen for null. */
  static String text(JsonNode document, String name) {
    JsonNode value = document.path(name);
    return value.isNull() || value.isMissingNode() ? "-" : Console.safe(value.asText());
  }

  /** All plain fields, one a line. */
  static void print(PrintWriter out, JsonNode document) {
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      if (field.getValue().isValueNode()) {
        out.printf(Locale.ROOT, "%-22s %s%n", field.getKey(), text(document, field.getKey()));
      }
    }
  }
}
