package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;

/** Takes a message out of queues, also where that ends their Retry. Confined to their thread. */
record Departure(HopQueues queues) {
  /** Takes a message with no pending recipient left out of all its queues. */
  void leaveAll(SpooledMail mail, Transaction transaction) {
    mail.entries().stream()
        .filter(SpooledEntry::isOpen)
        .forEach(entry -> leave(entry, transaction));
    transaction.add(new Change.Settle(mail.message().id()));
  }

  /** Takes it out of one. */
  void leave(SpooledEntry entry, Transaction transaction) {
    HopQueue queue = queues.of(entry.queue());
    transaction.add(new Change.UpdateEntry(entry.left(entry.attempts(), queue.probes())));
    if (queue.left()) {
      transaction.add(new Change.StoreQueue(queue.snapshot()));
    }
  }
}
