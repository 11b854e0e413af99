package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which messages to list, the newest first.
 *
 * @param recipient that one recipient is
 * @param connector through which it goes or went
 * @param code that a recipient shows, its own or its queue's
 * @param queue the number of the queue in which it still waits
 * @param before only those older than the message with this id
 * @param limit at least 1
 */
public record MessageQuery(
    Optional<RecipientState> state,
    Optional<Mailbox> recipient,
    Optional<String> connector,
    Optional<EnhancedStatusCode> code,
    OptionalLong queue,
    Optional<String> before,
    int limit) {}
