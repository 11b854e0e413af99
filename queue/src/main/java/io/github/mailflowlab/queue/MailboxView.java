package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.Optional;

/**
 * One mail in a mailbox of the lab.
 *
 * @param mailbox whose mailbox
 * @param ndr whether it is a report of ours that returns a mail
 * @param status what a report of ours, whatever its kind, says of its first recipient
 */
public record MailboxView(
    String id,
    Mailbox mailbox,
    ReversePath from,
    String subject,
    Instant received,
    boolean ndr,
    Optional<EnhancedStatusCode> status) {}
