package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.delivery.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of an NDR that people read, in the classic layout (exchange-online-behaviour 2.4), as
 * text and as HTML. All of it is ASCII.
 */
record HumanPart(Report report) {
  private static final String TITLE = "Delivery has failed to these recipients or groups:";
  private static final String DIAGNOSTICS = "Diagnostic information for administrators:";
  private static final String HEADERS = "Original message headers:";

  /** Where an address was never found out. */
  private static final String NO_ADDRESS = "0.0.0.0";

  String text() {
    List<String> lines = new ArrayList<>(List.of(TITLE, ""));
    for (ReturnedRecipient recipient : report.recipients()) {
      String address = recipient.address().toString();
      lines.add(address + " (" + address + ")<mailto:" + address + ">");
      lines.add(Explanation.of(recipient.error().status()));
      lines.add("");
    }
    lines.addAll(List.of("", DIAGNOSTICS, ""));
    lines.addAll(servers());
    for (ReturnedRecipient recipient : report.recipients()) {
      lines.add("");
      lines.add(recipient.address().toString());
      lines.addAll(history(recipient));
    }
    lines.addAll(List.of("", HEADERS, "", Ascii.lines(report.original().header()), ""));
    return String.join("\n", lines);
  }

  String html() {
    StringBuilder html = new StringBuilder("<html>\n<body>\n");
    html.append("<p><b><font color=\"#000066\" size=\"3\" face=\"Arial\">");
    html.append(TITLE).append("</font></b></p>\n");
    for (ReturnedRecipient recipient : report.recipients()) {
      String address = escape(recipient.address().toString());
      html.append("<p><font color=\"#000000\" size=\"2\" face=\"Tahoma\"><a href=\"mailto:");
      html.append(address).append("\">").append(address).append("</a><br>\n");
      html.append(escape(Explanation.of(recipient.error().status()))).append("</font></p>\n");
    }
    html.append("<p><font color=\"#808080\" size=\"2\" face=\"Tahoma\"><b>");
    html.append(DIAGNOSTICS).append("</b></font></p>\n");
    paragraph(html, servers());
    for (ReturnedRecipient recipient : report.recipients()) {
      List<String> lines = new ArrayList<>(List.of(recipient.address().toString()));
      lines.addAll(history(recipient));
      paragraph(html, lines);
    }
    paragraph(html, List.of(HEADERS));
    html.append("<pre>").append(escape(Ascii.lines(report.original().header())));
    return html.append("</pre>\n</body>\n</html>\n").toString();
  }

  private List<String> servers() {
    return List.of(
        "Generating server: " + report.reportingMta(),
        "Receiving server: " + report.reportingMta(),
        "Total retry attempts: " + report.attempts());
  }

  private List<String> history(ReturnedRecipient recipient) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            report.time(),
            recipient.refusedBy().map(HumanPart::named).orElse(report.reportingMta()),
            recipient.error().toString()));
    recipient
        .lastAttempt()
        .ifPresent(
            last ->
                lines.add(
                    line(
                        last.time(),
                        named(last.error().destination()),
                        last.error() + last.error().detail().map(d -> "(" + d + ")").orElse(""))));
    return lines;
  }

  private static String line(Instant time, String server, String returned) {
    return Ascii.line(
        AdminTime.format(time) + " - Server at " + server + " returned '" + returned + "'");
  }

  private String named(Optional<Destination> destination) {
    return destination.map(HumanPart::named).orElse(report.reportingMta());
  }

  private static String named(Destination destination) {
    return destination.serverName() + " (" + destination.ip().orElse(NO_ADDRESS) + ")";
  }

  private static void paragraph(StringBuilder html, List<String> lines) {
    html.append("<p><font color=\"#808080\" size=\"2\" face=\"Tahoma\">");
    html.append(String.join("<br>\n", lines.stream().map(HumanPart::escape).toList()));
    html.append("</font></p>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
