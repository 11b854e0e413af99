package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Returns mail to its sender: the recipients become failed, and one NDR tells of those of whom the
 * sender wants to hear (RFC 3461 4.1). Confined to the queue's thread.
 */
final class Returns {
  /** A recipient that is given up, and how the NDR tells it. */
  record Returned(SpooledRecipient recipient, String connector, ReturnedRecipient report) {}

  private final Reports reports;

  Returns(Reports reports) {
    this.reports = reports;
  }

  /**
   * Adds the return of these recipients to a transaction.
   *
   * @param attempts made for the message until now
   */
  void add(
      Transaction transaction,
      SpooledMail mail,
      List<Returned> returned,
      int attempts,
      Instant now,
      List<String> transcript) {
    giveUp(transaction, mail.message().id(), returned, now, transcript);
    List<ReturnedRecipient> wanted =
        returned.stream()
            .filter(one -> one.recipient().dsn().wants(Notify.FAILURE))
            .map(Returned::report)
            .toList();
    reports.returned(transaction, mail.message(), wanted, attempts, now);
  }

  /** Adds that these recipients of a message are given up, and nothing that tells the sender. */
  void giveUp(
      Transaction transaction,
      String id,
      List<Returned> returned,
      Instant now,
      List<String> transcript) {
    for (Returned one : returned) {
      var error = one.report().error();
      transaction.add(
          new Change.UpdateRecipient(
              id,
              one.recipient().decided(RecipientState.FAILED, error.status(), error.toString())));
      transaction.trace(
          Optional.of(one.connector()),
          id,
          new TraceEvent(
              now,
              TraceEvent.Kind.FAIL,
              Optional.of(one.recipient().address()),
              Optional.of(error.status()),
              error.toString(),
              transcript));
    }
  }
}
