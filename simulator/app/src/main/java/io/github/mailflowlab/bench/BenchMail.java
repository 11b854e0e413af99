package io.github.mailflowlab.bench;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The one mail that is sent again and again, shaped as that of smtp-source. */
final class BenchMail {
  static final Envelope ENVELOPE =
      new Envelope(
          ReversePath.of(Mailbox.of("bench@bench.example")),
          List.of(Mailbox.of("sink@bench.example")),
          BodyType.SEVEN_BIT);

  /** Octets of a line with its CRLF. */
  private static final int LINE = 80;

  private static final String HEADER =
      """
      From: <bench@bench.example>
      To: <sink@bench.example>
      Date: Thu, 1 Jan 2026 00:00:00 +0000
      Message-ID: <bench@bench.example>

      """
          .replace("\n", "\r\n");

  private BenchMail() {}

  /** A header, and a body of this many octets in lines. */
  static MessageContent ofSize(int size) {
    StringBuilder mail = new StringBuilder(HEADER.length() + size).append(HEADER);
    for (int left = size; left > 0; left -= LINE) {
      int length = Math.min(LINE, left);
      // One octet has no room for a line end; the client adds what is missing.
      mail.append(length == 1 ? "X" : "X".repeat(length - 2) + "\r\n");
    }
    return MessageContent.of(mail.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
