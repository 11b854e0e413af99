package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Messages as a table. */
final class MessageTable {
  private MessageTable() {}

  static void print(PrintWriter out, JsonNode messages) {
    Table table = new Table("ID", "RECEIVED", "STATUS", "ATTEMPTS", "FROM", "TO", "SUBJECT");
    for (JsonNode message : messages) {
      List<String> recipients = new ArrayList<>();
      message
          .path("recipients")
          .forEach(recipient -> recipients.add(Fields.text(recipient, "address")));
      table.row(
          Fields.text(message, "id"),
          Fields.text(message, "received"),
          Fields.text(message, "status"),
          Fields.text(message, "attempts"),
          "<" + Fields.text(message, "from") + ">",
          String.join(",", recipients),
          Fields.text(message, "subject"));
    }
    table.print(out);
  }
}
