package io.github.mailflowlab.junit;

import io.github.mailflowlab.queue.MailboxView;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What must be in the senders' mailboxes. */
public final class MailboxesAssert extends AbstractAssert<MailboxesAssert, Mailboxes> {
  MailboxesAssert(Mailboxes mailboxes) {
    super(mailboxes, MailboxesAssert.class);
  }

  /** The mailbox has exactly one NDR, and it tells this code, such as {@code 5.4.316}. */
  public MailboxesAssert haveOneNdr(String address, String code) {
    isNotNull();
    List<String> codes =
        ndrs(address).stream()
            .map(ndr -> ndr.status().map(Object::toString).orElse("no code"))
            .toList();
    if (!codes.equals(List.of(code))) {
      throw failure("Expected one NDR with %s for %s, but found %s", code, address, codes);
    }
    return this;
  }

  /** The mailbox has no NDR. */
  public MailboxesAssert haveNoNdr(String address) {
    isNotNull();
    if (!ndrs(address).isEmpty()) {
      throw failure("Expected no NDR for %s, but found %s", address, ndrs(address));
    }
    return this;
  }

  private List<MailboxView> ndrs(String address) {
    return actual.of(address).stream().filter(MailboxView::ndr).toList();
  }
}
