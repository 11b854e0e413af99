package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.mail.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A mail that says the same as plain text and as HTML (RFC 2046 5.1.4), as RFC 5322 and RFC 2045
 * want it: 7-bit, CRLF, short lines, whatever the text holds; only addresses in UTF-8 stay so (RFC
 * 6532). Nothing in it can end a header field early: control characters in the subject become
 * question marks.
 *
 * @param date the {@code Date} field, in UTC
 * @param messageId without angle brackets
 * @param text lines ended by LF
 * @param html lines ended by LF
 */
record AlternativeMail(
    Mailbox from,
    List<Mailbox> to,
    String subject,
    Instant date,
    String messageId,
    String text,
    String html) {
  /** Cannot occur in quoted-printable text (RFC 2045 6.7). */
  private static final String BOUNDARY = "=_alternative";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  byte[] toBytes() {
    String recipients =
        to.stream().map(mailbox -> "<" + mailbox + ">").collect(Collectors.joining(",\r\n "));
    String mail =
        field("Date", DATE.format(date))
            + field("From", "<" + from + ">")
            + field("To", recipients)
            + field("Message-ID", "<" + messageId + ">")
            + field("Subject", EncodedWords.encode(subject))
            + field("Auto-Submitted", "auto-generated")
            + field("MIME-Version", "1.0")
            + field("Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"")
            + "\r\n"
            + part("text/plain", text)
            + part("text/html", html)
            + "--"
            + BOUNDARY
            + "--\r\n";
    return mail.getBytes(StandardCharsets.UTF_8);
  }

  private static String part(String type, String content) {
    return "--"
        + BOUNDARY
        + "\r\n"
        + field("Content-Type", type + "; charset=utf-8")
        + field("Content-Transfer-Encoding", "quoted-printable")
        + "\r\n"
        + QuotedPrintable.encode(content);
  }

  private static String field(String name, String value) {
    return name + ": " + value + "\r\n";
  }
}
