package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.OriginalRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a delay notice is about.
 *
 * @param until when the message is returned if it is not delivered before
 * @param recipients at least one
 */
public record DelayNotice(Cover cover, Instant until, List<Waiting> recipients) {
  /** A recipient whose message still waits, and what came of the last attempt, if one was made. */
  public record Waiting(
      Mailbox address,
      Optional<OriginalRecipient> orcpt,
      Optional<ReturnedRecipient.LastAttempt> lastAttempt) {}

  public DelayNotice {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
  }
}
