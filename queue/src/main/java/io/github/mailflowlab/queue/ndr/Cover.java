package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.Mailbox;
import java.time.Instant;

/**
 * What every report has, whatever it tells.
 *
 * @param id of the report, {@code [a-z0-9]+}
 * @param boundary that nobody could foresee, so that no original can contain it: letters, digits
 *     and hyphens
 * @param time of the decision
 * @param from who signs it
 * @param reportingMta our host name
 */
public record Cover(
    String id,
    String boundary,
    Instant time,
    Mailbox from,
    String reportingMta,
    Original original) {
  public Cover {
    if (!boundary.matches("[A-Za-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("boundary: " + boundary);
    }
  }

  /** Only a sender who knows SMTPUTF8 can read a report in UTF-8 (RFC 6533 1). */
  Alphabet alphabet() {
    return original.smtpUtf8() ? Alphabet.UNICODE : Alphabet.ASCII;
  }
}
