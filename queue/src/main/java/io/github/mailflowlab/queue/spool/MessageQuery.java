package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which messages to list, the newest first.
 *
 * @param sender its reverse-path, in any case
 * @param recipient that one recipient is, in any case
 * @param connector through which it goes or went
 * @param code that a recipient shows, its own or its queue's
 * @param queue the number of the queue in which it still waits
 * @param receivedBy received then or before
 * @param receivedSince received then or after
 * @param suspended whether an operator holds it back
 * @param before only those older than the message with this id
 * @param limit at least 1
 */
public record MessageQuery(
    Optional<RecipientState> state,
    Optional<ReversePath> sender,
    Optional<Mailbox> recipient,
    Optional<String> connector,
    Optional<EnhancedStatusCode> code,
    OptionalLong queue,
    Optional<Instant> receivedBy,
    Optional<Instant> receivedSince,
    Optional<Boolean> suspended,
    Optional<String> before,
    int limit) {}
