package io.github.mailflowlab.validate;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The mail that a validation sends. */
public final class TestMail {
  private TestMail() {}

  /** The mail's octets, ready for DATA; ASCII as long as the addresses are. */
  public static byte[] compose(ReversePath from, Mailbox to, Instant now) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    String form =
        """
        From: <%s>
        To: <%s>
        Subject: Test email for connector validation
        Date: %s
        Message-ID: <validation.%d@%s>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        Auto-Submitted: auto-generated

        This mail was sent to find out whether a connector can deliver to this
        server. It needs no answer.
        """
            .replace("\n", "\r\n");
    return String.format(
            Locale.ROOT,
            form,
            from,
            to,
            date.replace("GMT", "+0000"),
            now.toEpochMilli(),
            to.domain())
        .getBytes(StandardCharsets.UTF_8);
  }
}
