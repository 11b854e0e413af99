package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.ndr.NdrComposer;
import io.github.mailflowlab.queue.ndr.Original;
import io.github.mailflowlab.queue.ndr.Report;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.routing.Organization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns mail to its sender: the recipients become failed, and one NDR for all of them goes into
 * the sender's mailbox in the lab, whatever its domain. Nothing is reported to a null reverse-path.
 * Confined to the queue's thread.
 */
final class Returns {
  private static final Logger log = LoggerFactory.getLogger(Returns.class);

  /** A recipient that is given up, and how the NDR tells it. */
  record Returned(SpooledRecipient recipient, String connector, ReturnedRecipient report) {}

  private final QueuePorts ports;
  private final MessageIds ids;

  Returns(QueuePorts ports, MessageIds ids) {
    this.ports = ports;
    this.ids = ids;
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
    String id = mail.message().id();
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
    if (!returned.isEmpty() && !mail.message().reversePath().isNull()) {
      transaction.add(ndr(mail.message(), returned, attempts, now));
    }
  }

  private Change ndr(SpooledMessage message, List<Returned> returned, int attempts, Instant now) {
    Organization organization = ports.organization().get();
    Report report =
        new Report(
            ids.next(now),
            boundary(),
            now,
            organization.postmaster(),
            ports.settings().reportingMta(),
            original(message),
            attempts,
            returned.stream().map(Returned::report).toList());
    MailboxItem item =
        new MailboxItem(
            report.id(),
            report.original().sender(),
            report.id(),
            ReversePath.NULL,
            NdrComposer.subject(message.subject()),
            now,
            true,
            Optional.of(report.recipients().get(0).error().status()));
    return new Change.StoreMailboxItem(item, Optional.of(NdrComposer.compose(report)));
  }

  /** Random on purpose, against the seeded rule: who could foresee it could write it in a mail. */
  private static String boundary() {
    return UUID.randomUUID().toString();
  }

  /** Reads the original once from end to end, so that a damaged one cannot spoil the report. */
  private Original original(SpooledMessage message) {
    String header = "";
    Optional<MessageContent> content = ports.spool().content(message.id());
    try {
      if (content.isPresent()) {
        try (InputStream in = content.get().open()) {
          header = HeaderBlock.read(in).text();
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      log.error("id={} returned without its content: {}", message.id(), e.toString());
      content = Optional.empty();
    }
    return new Original(
        message.reversePath().mailbox().orElseThrow(),
        message.messageId(),
        message.subject(),
        message.received(),
        message.bodyType(),
        header,
        content);
  }
}
