package io.github.mailflowlab.junit;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The mail of a test that does not care what stands in it. */
final class ShortMail {
  private ShortMail() {}

  static byte[] compose(ReversePath from, Mailbox to, Instant now) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    return String.join(
            "\r\n",
            "From: <" + from + ">",
            "To: <" + to + ">",
            "Date: " + date.replace("GMT", "+0000"),
            "Subject: A mail of a test",
            "",
            "Good day.",
            "")
        .getBytes(StandardCharsets.UTF_8);
  }
}
