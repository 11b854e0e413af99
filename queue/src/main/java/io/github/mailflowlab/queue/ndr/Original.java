package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Instant;
import java.util.Optional;

/**
 * The message that is returned.
 *
 * @param sender its reverse-path
 * @param messageId in angle brackets, printable ASCII
 * @param subject decoded; anything may stand in it
 * @param header its header as text, bounded; anything may stand in it
 * @param content absent when it cannot be read any more
 */
public record Original(
    Mailbox sender,
    String messageId,
    String subject,
    Instant received,
    BodyType bodyType,
    String header,
    Optional<MessageContent> content) {}
