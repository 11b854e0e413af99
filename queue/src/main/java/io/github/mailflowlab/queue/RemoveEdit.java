package io.github.mailflowlab.queue;

import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.status.ReturnStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Gives up the recipients that a message waits for, as Exchange's {@code Remove-Message} does.
 * Confined to the queue's thread.
 *
 * @param tell whether the sender gets an NDR ({@code -WithNDR})
 */
record RemoveEdit(HopQueues queues, Returns returns, boolean tell) implements MessageEdit {
  /** Exchange's words; its code there is 4.3.2, but a failure is class 5 (RFC 3464 2.3.4). */
  static final FinalError REMOVED =
      new FinalError(ReturnStatus.REMOVED.code(), ReturnStatus.REMOVED.reply(), Optional.empty());

  @Override
  public Optional<String> edit(SpooledMail mail, Transaction transaction, Instant now) {
    List<Returns.Returned> given =
        mail.recipients().stream()
            .filter(SpooledRecipient::isPending)
            .map(recipient -> given(recipient, queues.of(recipient.queue().orElseThrow())))
            .toList();
    int attempts = queues.attemptsShown(mail.entries());
    if (tell) {
      returns.add(transaction, mail, given, attempts, now, List.of());
    } else {
      returns.giveUp(transaction, mail.message().id(), given, now, List.of());
    }
    new Departure(queues).leaveAll(mail, transaction);
    return Optional.empty();
  }

  private static Returns.Returned given(SpooledRecipient recipient, HopQueue queue) {
    return new Returns.Returned(
        recipient,
        queue.nextHop().connector(),
        new ReturnedRecipient(
            recipient.address(),
            recipient.dsn().orcpt(),
            REMOVED,
            DatedError.newer(recipient.lastError(), queue.lastError())
                .map(last -> new ReturnedRecipient.LastAttempt(last.time(), last.error())),
            Optional.empty()));
  }
}
