package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.delivery.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of an NDR that people read, in the classic layout (exchange-online-behaviour 2.4), as
 * text and as HTML.
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
    lines.addAll(List.of("", HEADERS, "", header(), ""));
    return String.join("\n", lines);
  }

  String html() {
    Html html = new Html().title(TITLE);
    for (ReturnedRecipient recipient : report.recipients()) {
      html.address(recipient.address().toString(), Explanation.of(recipient.error().status()));
    }
    html.heading(DIAGNOSTICS).paragraph(servers());
    for (ReturnedRecipient recipient : report.recipients()) {
      List<String> lines = new ArrayList<>(List.of(recipient.address().toString()));
      lines.addAll(history(recipient));
      html.paragraph(lines);
    }
    return html.paragraph(List.of(HEADERS)).verbatim(header()).toString();
  }

  private String header() {
    return cover().alphabet().lines(cover().original().header());
  }

  private Cover cover() {
    return report.cover();
  }

  private List<String> servers() {
    return List.of(
        "Generating server: " + cover().reportingMta(),
        "Receiving server: " + cover().reportingMta(),
        "Total retry attempts: " + report.attempts());
  }

  private List<String> history(ReturnedRecipient recipient) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            cover().time(),
            recipient.refusedBy().map(HumanPart::named).orElse(cover().reportingMta()),
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

  private String line(Instant time, String server, String returned) {
    String start = AdminTime.format(time) + " - Server at " + server + " returned '";
    return start + cover().alphabet().quoted(returned) + "'";
  }

  private String named(Optional<Destination> destination) {
    return destination.map(HumanPart::named).orElse(cover().reportingMta());
  }

  private static String named(Destination destination) {
    return destination.serverName() + " (" + destination.ip().orElse(NO_ADDRESS) + ")";
  }
}
