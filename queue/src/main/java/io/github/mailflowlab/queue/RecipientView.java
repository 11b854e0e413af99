package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;

/**
 * A recipient as it is shown.
 *
 * @param code of the last error while pending, of the outcome after; absent before any attempt, and
 *     for mailboxes of the lab
 * @param lastError the words to the code; absent when delivered
 */
public record RecipientView(
    Mailbox address,
    MessageStatus status,
    Optional<EnhancedStatusCode> code,
    Optional<String> lastError) {}
