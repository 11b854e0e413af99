package io.github.mailflowlab.delivery;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.MessageContent;

/**
 * The order for one attempt.
 *
 * @param messageId ours, for logs
 * @param connector as it is now
 * @param nextHop of this connector
 * @param envelope with the recipients that are due
 * @param content what to send
 */
public record AttemptRequest(
    String messageId,
    Connector connector,
    NextHop nextHop,
    Envelope envelope,
    MessageContent content) {}
