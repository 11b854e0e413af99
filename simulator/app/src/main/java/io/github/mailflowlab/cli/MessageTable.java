package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Messages as a table. */
final class MessageTable {
  private MessageTable() {}

  static void print(PrintWriter out, JsonNode messages) {
    Table table = new Table("ID", "RECEIVED", "STATUS", "ATTEMPTS", "FROM", "TO", "SUBJECT");
    for (JsonNode message : messages) {
      table.row(
          Fields.text(message, "id"),
          Fields.text(message, "received"),
          Fields.text(message, "status"),
          Fields.text(message, "attempts"),
          "<" + Fields.text(message, "from") + ">",
          firstOf(message.path("recipients")),
          Fields.text(message, "subject"));
    }
    table.print(out);
  }

  private static String firstOf(JsonNode recipients) {
    String first = Fields.text(recipients.path(0), "address");
    return recipients.size() > 1 ? first + " (+" + (recipients.size() - 1) + ")" : first;
  }
}
