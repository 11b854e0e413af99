package io.github.mailflowlab.alerting.notify;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mail about an alert says, in the two forms in which it is sent.
 *
 * @param intro what it is about
 * @param fields what is known
 * @param steps what to do; may be empty
 * @param closing a last sentence; may be empty
 */
record MailText(String intro, List<Field> fields, List<String> steps, String closing) {
  /** One thing that is known. */
  record Field(String name, String value) {}

  MailText {
    fields = List.copyOf(fields);
    steps = List.copyOf(steps);
  }

  /** Lines ended by LF. */
  String plain() {
    List<String> lines = new ArrayList<>();
    lines.add(oneLine(intro));
    lines.add("");
    fields.forEach(field -> lines.add(field.name() + ": " + oneLine(field.value())));
    if (!steps.isEmpty()) {
      lines.add("");
      lines.add("What to do:");
      for (int i = 0; i < steps.size(); i++) {
        lines.add(i + 1 + ". " + oneLine(steps.get(i)));
      }
    }
    if (!closing.isEmpty()) {
      lines.add("");
      lines.add(oneLine(closing));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Lines ended by LF; without anything that a reader would have to load. */
  String html() {
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><body>\n");
    out.append("<p>").append(escaped(intro)).append("</p>\n<table>\n");
    for (Field field : fields) {
      out.append("<tr><th align=\"left\">").append(escaped(field.name())).append("</th><td>");
      out.append(escaped(field.value())).append("</td></tr>\n");
    }
    out.append("</table>\n");
    if (!steps.isEmpty()) {
      out.append("<p>What to do:</p>\n<ol>\n");
      steps.forEach(step -> out.append("<li>").append(escaped(step)).append("</li>\n"));
      out.append("</ol>\n");
    }
    if (!closing.isEmpty()) {
      out.append("<p>").append(escaped(closing)).append("</p>\n");
    }
    return out.append("</body></html>\n").toString();
  }

  private static String escaped(String value) {
    return oneLine(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Names and replies come without control characters; a mail does not rely on it. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cc}", "?");
  }
}
