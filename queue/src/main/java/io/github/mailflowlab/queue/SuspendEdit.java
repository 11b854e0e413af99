package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a message back in all its queues, or does so no more.
 *
 * @param suspend which of the two
 */
record SuspendEdit(boolean suspend) implements MessageEdit {
  @Override
  public Optional<String> edit(SpooledMail mail, Transaction transaction, Instant now) {
    if (mail.isSuspended() == suspend) {
      return Optional.of(suspend ? "is suspended already" : "is not suspended");
    }
    mail.entries().stream()
        .filter(SpooledEntry::isOpen)
        .forEach(entry -> transaction.add(new Change.UpdateEntry(entry.suspended(suspend))));
    return Optional.empty();
  }
}
