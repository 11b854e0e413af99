package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.MessageContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.james.mime4j.codec.EncoderUtil;

/**
 * Composes NDRs as Exchange Online lays them out (exchange-online-behaviour 2.2 to 2.4): a {@code
 * multipart/report} of RFC 6522 with a part for people, a delivery status of RFC 3464 and the
 * original. Pure: the same report gives the same octets. Whatever stands in the original or in a
 * peer's words, it cannot end a field, a part or the report.
 */
public final class NdrComposer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter ARRIVAL =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSSS '(UTC)'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** As much of a peer's words as a delivery status repeats. */
  private static final int MAX_DIAGNOSTIC = 2000;

  private NdrComposer() {}

  /** The subject of the report on a message with this subject. */
  public static String subject(String original) {
    return ("Undeliverable: " + original).strip();
  }

  /** The whole mail. */
  public static MessageContent compose(Report report) {
    StringBuilder before = new StringBuilder();
    before.append(header(report));
    startPart(before, report.boundary());
    before.append(alternative(report));
    startPart(before, report.boundary());
    before.append("Content-Type: message/delivery-status\r\n\r\n").append(status(report));
    String end = "\r\n--" + report.boundary() + "--\r\n";
    return report
        .original()
        .content()
        .map(original -> around(before, report, original, end))
        .orElseGet(() -> MessageContent.of(octets(before + end)));
  }

  private static MessageContent around(
      StringBuilder before, Report report, MessageContent original, String end) {
    startPart(before, report.boundary());
    before.append("Content-Type: message/rfc822\r\n");
    if (report.original().bodyType() == BodyType.EIGHT_BIT_MIME) {
      before.append("Content-Transfer-Encoding: 8bit\r\n");
    }
    before.append("\r\n");
    return new NdrContent(before.toString(), original, end);
  }

  private static String header(Report report) {
    Original original = report.original();
    String type = "multipart/report; report-type=delivery-status; boundary=";
    HeaderFields fields =
        HeaderFields.folded()
            .add("Return-Path", "<>")
            .add("From", "<" + report.from() + ">")
            .add("To", "<" + original.sender() + ">")
            .add("Date", date(report.time()))
            .add("Message-ID", "<" + report.id() + "@" + report.reportingMta() + ">")
            .add("Subject", encoded(subject(original.subject()), "Subject"))
            .add("MIME-Version", "1.0")
            .add("Content-Type", type + "\"" + report.boundary() + "\"")
            .add("X-MS-Exchange-Message-Is-Ndr", "");
    addOrigin(fields, report);
    return fields
        .add("In-Reply-To", original.messageId())
        .add("References", original.messageId())
        .add("Thread-Topic", encoded(original.subject(), "Thread-Topic"))
        .add("Auto-Submitted", "auto-replied")
        .blankLine()
        .toString();
  }

  /**
   * The two fields by which bounce parsers choose how to read a report. As Exchange Online writes
   * them, Sisimai reads the part for people, where it finds one status for all. With several
   * recipients each has its own, so there the spelling of the language leads it to the delivery
   * status instead; without the arrival time it would take the report for an old Exchange Server's
   * and the last line of the history for the final word.
   */
  private static void addOrigin(HeaderFields fields, Report report) {
    if (report.recipients().size() > 1) {
      fields.add("Content-Language", "en-us");
      return;
    }
    fields
        .add("X-MS-Exchange-CrossTenant-OriginalArrivalTime", ARRIVAL.format(report.time()))
        .add("Content-Language", "en-US");
  }

  private static String alternative(Report report) {
    // Not the outer boundary with something behind it: some readers compare only its length.
    String boundary = "alt-" + report.boundary();
    HumanPart human = new HumanPart(report);
    StringBuilder part = new StringBuilder();
    part.append(
        HeaderFields.folded()
            .add(
                "Content-Type",
                "multipart/alternative; differences=Content-Type; boundary=\"" + boundary + "\"")
            .blankLine());
    startPart(part, boundary);
    part.append(textPart("plain", human.text()));
    startPart(part, boundary);
    part.append(textPart("html", human.html()));
    return part.append("\r\n--").append(boundary).append("--\r\n").toString();
  }

  private static String textPart(String subtype, String text) {
    return "Content-Type: text/"
        + subtype
        + "; charset=\"us-ascii\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + QuotedPrintable.encode(text);
  }

  /** RFC 3464: one group for the message, one for each recipient. */
  private static String status(Report report) {
    HeaderFields fields =
        HeaderFields.foldedLate()
            .add("Reporting-MTA", "dns;" + report.reportingMta())
            .add("Arrival-Date", date(report.original().received()));
    for (ReturnedRecipient recipient : report.recipients()) {
      fields
          .blankLine()
          .add("Final-Recipient", "rfc822;" + recipient.address())
          .add("Action", "failed")
          .add("Status", recipient.error().status().toString())
          .add("Diagnostic-Code", "smtp;" + bounded(recipient.error().reply()));
      recipient.refusedBy().ifPresent(host -> fields.add("Remote-MTA", "dns;" + host.serverName()));
      fields.add("X-Display-Name", recipient.address().toString());
    }
    return fields.toString();
  }

  private static void startPart(StringBuilder to, String boundary) {
    to.append("\r\n--").append(boundary).append("\r\n");
  }

  private static String bounded(String text) {
    return text.length() <= MAX_DIAGNOSTIC ? text : text.substring(0, MAX_DIAGNOSTIC) + "...";
  }

  private static String date(Instant instant) {
    return DATE.format(instant);
  }

  private static String encoded(String text, String field) {
    return EncoderUtil.encodeIfNecessary(text, EncoderUtil.Usage.TEXT_TOKEN, field.length() + 2);
  }

  private static byte[] octets(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
