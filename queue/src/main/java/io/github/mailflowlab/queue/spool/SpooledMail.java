package io.github.mailflowlab.queue.spool;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of one message, but its content.
 *
 * @param recipients in the order of the envelope
 * @param entries its places in queues, open and left
 */
public record SpooledMail(
    SpooledMessage message, List<SpooledRecipient> recipients, List<SpooledEntry> entries) {
  public SpooledMail {
    recipients = List.copyOf(recipients);
    entries = List.copyOf(entries);
  }

  /** Its place in this queue. */
  public Optional<SpooledEntry> entry(long queue) {
    return entries.stream().filter(entry -> entry.queue() == queue).findFirst();
  }
}
