package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.ReversePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is shown, while it is queued and after.
 *
 * @param messageId of its header, in angle brackets; ours when it had none
 * @param subject decoded, at most 256 characters; anything printable may stand in it
 * @param size in octets
 * @param connector through which it goes or went; the first of several; absent for mailboxes of the
 *     lab
 * @param attempts made for it, its queue's probes included; the greatest number of its queues
 */
public record MessageView(
    String id,
    String messageId,
    ReversePath from,
    String subject,
    long size,
    Instant received,
    Instant expires,
    Optional<String> connector,
    MessageStatus status,
    int attempts,
    List<RecipientView> recipients) {
  public MessageView {
    recipients = List.copyOf(recipients);
  }
}
