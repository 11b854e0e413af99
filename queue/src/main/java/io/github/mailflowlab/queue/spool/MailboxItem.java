package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.Optional;

/**
 * One mail in a mailbox of the lab.
 *
 * @param id of the item
 * @param body whose octets it shows: a message's id, or its own for an NDR
 * @param ndr whether it is a report of ours that returns a mail
 * @param status what a report of ours, whatever its kind, is about
 */
public record MailboxItem(
    String id,
    Mailbox address,
    String body,
    ReversePath from,
    String subject,
    Instant received,
    boolean ndr,
    Optional<EnhancedStatusCode> status) {

  /** What tells one item from all others: a mail may be in several mailboxes. */
  public record Key(String id, Mailbox address) {
    /** Reads {@link #toString()}; empty when it is not one. */
    public static Optional<Key> parse(String text) {
      int slash = text.indexOf('/');
      return slash < 0
          ? Optional.empty()
          : Mailbox.parse(text.substring(slash + 1))
              .map(address -> new Key(text.substring(0, slash), address));
    }

    @Override
    public String toString() {
      return id + "/" + address;
    }
  }

  public Key key() {
    return new Key(id, address);
  }
}
