package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.Mailbox;
import java.time.Instant;
import java.util.List;

/**
 * What an NDR is about.
 *
 * @param id of the NDR, {@code [a-z0-9]+}
 * @param boundary that nobody could foresee, so that no original can contain it: letters, digits
 *     and hyphens
 * @param time of the decision
 * @param from who signs it
 * @param reportingMta our host name
 * @param attempts how often it was tried
 * @param recipients at least one
 */
public record Report(
    String id,
    String boundary,
    Instant time,
    Mailbox from,
    String reportingMta,
    Original original,
    int attempts,
    List<ReturnedRecipient> recipients) {
  public Report {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
    if (!boundary.matches("[A-Za-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("boundary: " + boundary);
    }
  }
}
