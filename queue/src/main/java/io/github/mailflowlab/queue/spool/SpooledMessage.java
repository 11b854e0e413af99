package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as it is stored.
 *
 * @param id ours, {@code [a-z0-9]+}; a later message has a greater id
 * @param messageId of its header, in angle brackets
 * @param smtpUtf8 as of the envelope
 * @param ret as of the envelope
 * @param envid as of the envelope
 * @param subject decoded and bounded
 * @param size in octets
 * @param expires when it is returned
 * @param state PENDING while a recipient is; then FAILED when one failed
 */
public record SpooledMessage(
    String id,
    String messageId,
    ReversePath reversePath,
    BodyType bodyType,
    boolean smtpUtf8,
    Optional<ReturnContent> ret,
    Optional<EnvelopeId> envid,
    String subject,
    long size,
    Instant received,
    Instant expires,
    RecipientState state) {}
