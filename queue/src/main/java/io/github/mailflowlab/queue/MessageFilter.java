package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;

/**
 * Which messages to show; what is absent does not matter.
 *
 * @param recipient one of its recipients
 * @param connector through which it goes or went
 * @param code that one of its recipients shows
 * @param queueId the queue in which it waits
 */
public record MessageFilter(
    Optional<MessageStatus> status,
    Optional<Mailbox> recipient,
    Optional<String> connector,
    Optional<EnhancedStatusCode> code,
    Optional<String> queueId) {
  /** Shows all. */
  public static final MessageFilter ALL =
      new MessageFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public MessageFilter withRecipient(Mailbox other) {
    return new MessageFilter(status, Optional.of(other), connector, code, queueId);
  }

  public MessageFilter withQueueId(String other) {
    return new MessageFilter(status, recipient, connector, code, Optional.of(other));
  }
}
