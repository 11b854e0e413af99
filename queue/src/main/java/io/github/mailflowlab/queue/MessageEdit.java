package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.SpooledMail;
import java.time.Instant;
import java.util.Optional;

/** How one operation changes one message that is pending, in no attempt, and claimed. */
interface MessageEdit {
  /**
   * Adds the changes to a transaction that will become durable.
   *
   * @return why the operation does not apply; then nothing was added or changed
   */
  Optional<String> edit(SpooledMail mail, Transaction transaction, Instant now);
}
