package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One recipient of a message.
 *
 * @param position in the envelope, from 0
 * @param dsn what was asked of reports
 * @param queue the number of its queue; absent for a mailbox of the lab
 * @param failures how often it was deferred by its own clock
 * @param nextAttempt when it may be tried, as far as it is concerned itself
 * @param lastError its own, not its queue's
 * @param code how it was decided; absent while pending
 * @param text the words to the code; absent while pending
 */
public record SpooledRecipient(
    int position,
    Mailbox address,
    RecipientDsn dsn,
    OptionalLong queue,
    RecipientState state,
    int failures,
    Instant nextAttempt,
    Optional<DatedError> lastError,
    Optional<EnhancedStatusCode> code,
    Optional<String> text) {

  /** A recipient that waits in a queue. */
  public static SpooledRecipient queued(
      int position, Mailbox address, RecipientDsn dsn, long queue, Instant due) {
    return new SpooledRecipient(
        position,
        address,
        dsn,
        OptionalLong.of(queue),
        RecipientState.PENDING,
        0,
        due,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A recipient whose mail is in the lab's mailbox store. */
  public static SpooledRecipient inMailbox(
      int position, Mailbox address, RecipientDsn dsn, Instant now) {
    return new SpooledRecipient(
        position,
        address,
        dsn,
        OptionalLong.empty(),
        RecipientState.DELIVERED,
        0,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public boolean isPending() {
    return state == RecipientState.PENDING;
  }

  public boolean isIn(long number) {
    return queue.isPresent() && queue.getAsLong() == number;
  }

  /** The same, decided. */
  public SpooledRecipient decided(RecipientState as, EnhancedStatusCode status, String words) {
    return new SpooledRecipient(
        position,
        address,
        dsn,
        queue,
        as,
        failures,
        nextAttempt,
        lastError,
        Optional.of(status),
        Optional.of(words));
  }

  /** The same, put off. */
  public SpooledRecipient deferred(int failed, Instant next, DatedError error) {
    return new SpooledRecipient(
        position, address, dsn, queue, state, failed, next, Optional.of(error), code, text);
  }

  /** The same, to be tried from then on. */
  public SpooledRecipient due(Instant next) {
    return new SpooledRecipient(
        position, address, dsn, queue, state, failures, next, lastError, code, text);
  }

  /** The same in another queue, where it has failed never yet. */
  public SpooledRecipient movedTo(long number, Instant next) {
    return new SpooledRecipient(
        position, address, dsn, OptionalLong.of(number), state, 0, next, lastError, code, text);
  }

  /** The same, in the lab's mailbox store after all. */
  public SpooledRecipient intoMailbox(Instant now) {
    return inMailbox(position, address, dsn, now);
  }
}
