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
 * The mail around a report, as Exchange Online lays it out (exchange-online-behaviour 2.2): a
 * {@code multipart/report} of RFC 6522 with a part for people, a delivery status and the original,
 * or its header. In the forms of RFC 6533 when the original was internationalized. Whatever stands
 * in the original or in a peer's words, it cannot end a field, a part or the report.
 *
 * @param recipients how many
 * @param text for people
 * @param html the same
 * @param status the fields of the delivery status
 */
record ReportMail(
    Cover cover, ReportKind kind, int recipients, String text, String html, String status) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter ARRIVAL =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSSS '(UTC)'", Locale.US)
          .withZone(ZoneOffset.UTC);

  static String date(Instant instant) {
    return DATE.format(instant);
  }

  /** The whole mail. */
  MessageContent content() {
    StringBuilder before = new StringBuilder(header());
    startPart(before, cover.boundary());
    before.append(alternative());
    startPart(before, cover.boundary());
    before.append("Content-Type: message/").append(global() ? "global-" : "");
    before.append("delivery-status\r\n");
    eightBit(before, global());
    before.append("\r\n").append(status);
    String end = "\r\n--" + cover.boundary() + "--\r\n";
    return cover
        .original()
        .content()
        .map(original -> around(before, original, end))
        .orElseGet(() -> octets(withHeaderOfOriginal(before) + end));
  }

  private MessageContent around(StringBuilder before, MessageContent original, String end) {
    startPart(before, cover.boundary());
    before.append("Content-Type: message/").append(global() ? "global" : "rfc822").append("\r\n");
    eightBit(before, global() || cover.original().bodyType() == BodyType.EIGHT_BIT_MIME);
    before.append("\r\n");
    return new NdrContent(octets(before.toString()), original, octets(end));
  }

  private String withHeaderOfOriginal(StringBuilder before) {
    String header = cover.original().header();
    if (!header.isEmpty()) {
      startPart(before, cover.boundary());
      before.append("Content-Type: ");
      before.append(global() ? "message/global-headers\r\n" : "text/rfc822-headers\r\n");
      eightBit(before, header.chars().anyMatch(c -> c > 0x7f));
      before.append("\r\n").append(header);
    }
    return before.toString();
  }

  private boolean global() {
    return cover.alphabet() == Alphabet.UNICODE;
  }

  private String header() {
    Original original = cover.original();
    String type = "multipart/report; report-type=delivery-status; boundary=";
    HeaderFields fields =
        HeaderFields.folded(cover.alphabet())
            .add("Return-Path", "<>")
            .add("From", "<" + cover.from() + ">")
            .add("To", "<" + original.sender() + ">")
            .add("Date", date(cover.time()))
            .add("Message-ID", "<" + cover.id() + "@" + cover.reportingMta() + ">")
            .add("Subject", encoded(kind.subject(original.subject()), "Subject"))
            .add("MIME-Version", "1.0")
            .add("Content-Type", type + "\"" + cover.boundary() + "\"");
    if (kind == ReportKind.FAILED) {
      fields.add("X-MS-Exchange-Message-Is-Ndr", "");
    }
    addOrigin(fields);
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
  private void addOrigin(HeaderFields fields) {
    if (recipients > 1) {
      fields.add("Content-Language", "en-us");
      return;
    }
    fields
        .add("X-MS-Exchange-CrossTenant-OriginalArrivalTime", ARRIVAL.format(cover.time()))
        .add("Content-Language", "en-US");
  }

  private String alternative() {
    // Not the outer boundary with something behind it: some readers compare only its length.
    String boundary = "alt-" + cover.boundary();
    StringBuilder part = new StringBuilder();
    part.append(
        HeaderFields.folded(Alphabet.ASCII)
            .add(
                "Content-Type",
                "multipart/alternative; differences=Content-Type; boundary=\"" + boundary + "\"")
            .blankLine());
    startPart(part, boundary);
    part.append(textPart("plain", text));
    startPart(part, boundary);
    part.append(textPart("html", html));
    return part.append("\r\n--").append(boundary).append("--\r\n").toString();
  }

  private String textPart(String subtype, String content) {
    return "Content-Type: text/"
        + subtype
        + "; charset=\""
        + cover.alphabet().charset()
        + "\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + QuotedPrintable.encode(content);
  }

  private static void startPart(StringBuilder to, String boundary) {
    to.append("\r\n--").append(boundary).append("\r\n");
  }

  private static void eightBit(StringBuilder to, boolean needed) {
    if (needed) {
      to.append("Content-Transfer-Encoding: 8bit\r\n");
    }
  }

  private static String encoded(String text, String field) {
    String line = Alphabet.UNICODE.line(text);
    int used = field.length() + 2;
    // What looks like an encoded word would be decoded by the reader, unless it is encoded itself.
    return line.contains("=?")
        ? EncoderUtil.encodeEncodedWord(line, EncoderUtil.Usage.TEXT_TOKEN, used)
        : EncoderUtil.encodeIfNecessary(line, EncoderUtil.Usage.TEXT_TOKEN, used);
  }

  private static MessageContent octets(String text) {
    return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
