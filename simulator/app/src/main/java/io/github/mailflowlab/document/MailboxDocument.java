package io.github.mailflowlab.document;

import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One mail in a mailbox of the lab; {@code status} is an NDR's. */
public record MailboxDocument(
    String id,
    String mailbox,
    String from,
    String subject,
    Instant received,
    boolean ndr,
    Optional<String> status) {

  /** A page of a mailbox. */
  public record Listing(List<MailboxDocument> messages, Optional<String> nextCursor) {
    public static Listing of(Page<MailboxView> page) {
      return new Listing(
          page.items().stream().map(MailboxDocument::of).toList(), page.nextCursor());
    }
  }

  public static MailboxDocument of(MailboxView view) {
    return new MailboxDocument(
        view.id(),
        view.mailbox().toString(),
        view.from().toString(),
        view.subject(),
        view.received(),
        view.ndr(),
        view.status().map(Object::toString));
  }
}
