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
 * @param ndr whether it is a report of ours
 * @param status what the report is about: its first recipient's
 */
public record MailboxView(
    String id,
    Mailbox mailbox,
    ReversePath from,
    String subject,
    Instant received,
    boolean ndr,
    Optional<EnhancedStatusCode> status) {}
