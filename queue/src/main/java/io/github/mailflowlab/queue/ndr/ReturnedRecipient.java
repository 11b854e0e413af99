package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.OriginalRecipient;
import java.time.Instant;
import java.util.Optional;

/**
 * A recipient who did not get the message.
 *
 * @param orcpt as of the envelope
 * @param error why
 * @param lastAttempt the one before; absent when none was made, or it is the error itself
 * @param refusedBy the remote host whose reply is the error; absent when we gave up
 */
public record ReturnedRecipient(
    Mailbox address,
    Optional<OriginalRecipient> orcpt,
    FinalError error,
    Optional<LastAttempt> lastAttempt,
    Optional<Destination> refusedBy) {

  /** When it was tried last, and what came of it. */
  public record LastAttempt(Instant time, LastError error) {}
}
