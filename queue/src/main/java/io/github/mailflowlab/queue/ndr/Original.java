package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Instant;
import java.util.Optional;

/**
 * The message that is reported on.
 *
 * @param sender its reverse-path
 * @param envid as of the envelope
 * @param messageId in angle brackets, printable ASCII
 * @param subject decoded; anything may stand in it
 * @param smtpUtf8 whether it is internationalized (RFC 6532)
 * @param header its header as text, bounded; anything may stand in it
 * @param content to be returned; absent when the header is enough, or it cannot be read any more
 */
public record Original(
    Mailbox sender,
    Optional<EnvelopeId> envid,
    String messageId,
    String subject,
    Instant received,
    BodyType bodyType,
    boolean smtpUtf8,
    String header,
    Optional<MessageContent> content) {}
