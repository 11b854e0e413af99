package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.RecipientDsn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What was asked of reports. */
  public DsnRequest dsn() {
    Map<Mailbox, RecipientDsn> asked = new HashMap<>();
    recipients.stream()
        .filter(recipient -> !recipient.dsn().equals(RecipientDsn.NONE))
        .forEach(recipient -> asked.put(recipient.address(), recipient.dsn()));
    return new DsnRequest(message.ret(), message.envid(), asked);
  }

  /** Whether an operator holds it back. */
  public boolean isSuspended() {
    return entries.stream().anyMatch(SpooledEntry::suspended);
  }

  /** Whether the node that keeps one of its queues has not seen it yet. */
  public boolean isArriving() {
    return entries.stream().anyMatch(SpooledEntry::isArriving);
  }

  /** Its place in this queue. */
  public Optional<SpooledEntry> entry(long queue) {
    return entries.stream().filter(entry -> entry.queue() == queue).findFirst();
  }
}
