package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.routing.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes the first transaction of a message: what is stored of it, in which queues it waits, in
 * which mailboxes of the lab it lies already. Where another node delivers, the message only arrives
 * in its queues ({@link Arrivals}), and joins none of ours. Confined to the queue's thread.
 */
final class Admission {
  private final QueuePorts ports;
  private final HopQueues queues;
  private final MessageIds ids;
  private final Reports reports;

  Admission(QueuePorts ports, HopQueues queues, MessageIds ids, Reports reports) {
    this.ports = ports;
    this.queues = queues;
    this.ids = ids;
    this.reports = reports;
  }

  /**
   * A message before its transaction is durable.
   *
   * @param joined the queues that it joins
   */
  record Admitted(SpooledMail mail, List<HopQueue> joined, Transaction transaction) {}

  /**
   * Admits a message.
   *
   * @param routes of all its recipients; the refused are left out
   */
  Admitted admit(
      Envelope envelope, MessageContent content, HeaderBlock header, Map<Mailbox, Route> routes) {
    Instant now = ports.now();
    String id = ids.next(now);
    Set<HopQueue> joined = new LinkedHashSet<>();
    List<SpooledRecipient> recipients = recipients(envelope.dsn(), routes, joined, now);
    SpooledMessage message =
        new SpooledMessage(
            id,
            header.messageId().orElseGet(() -> messageId(id)),
            envelope.reversePath(),
            envelope.bodyType(),
            envelope.smtpUtf8(),
            envelope.dsn().ret(),
            envelope.dsn().envid(),
            header.subject(),
            content.size(),
            now,
            ports.settings().retry().expires(now),
            joined.isEmpty() ? RecipientState.DELIVERED : RecipientState.PENDING);
    SpooledMail mail =
        new SpooledMail(
            message, recipients, joined.stream().map(queue -> place(message, queue, now)).toList());
    return new Admitted(
        mail,
        queues.isFollowing() ? List.of() : List.copyOf(joined),
        transaction(mail, content, header, joined));
  }

  private List<SpooledRecipient> recipients(
      DsnRequest asked, Map<Mailbox, Route> routes, Set<HopQueue> joined, Instant now) {
    List<SpooledRecipient> recipients = new ArrayList<>();
    routes.forEach(
        (recipient, route) -> {
          RecipientDsn dsn = asked.of(recipient);
          if (route instanceof Route.ViaConnector via) {
            HopQueue queue = queues.findOrCreate(via.nextHop());
            joined.add(queue);
            recipients.add(
                SpooledRecipient.queued(recipients.size(), recipient, dsn, queue.number(), now));
          } else if (route instanceof Route.ToMailbox) {
            recipients.add(SpooledRecipient.inMailbox(recipients.size(), recipient, dsn, now));
          }
        });
    return recipients;
  }

  private String messageId(String id) {
    return "<" + id + "@" + ports.organization().get().defaultDomain() + ">";
  }

  private SpooledEntry place(SpooledMessage message, HopQueue queue, Instant now) {
    return queues.isFollowing()
        ? SpooledEntry.arriving(message, queue.number())
        : entry(message, queue, now);
  }

  /** A message's place in a queue that it joins. */
  static SpooledEntry entry(SpooledMessage message, HopQueue queue, Instant next) {
    return new SpooledEntry(
        message.id(),
        queue.number(),
        message.received(),
        message.expires(),
        Optional.of(next),
        0,
        queue.probes(),
        OptionalLong.empty());
  }

  private Transaction transaction(
      SpooledMail mail, MessageContent content, HeaderBlock header, Set<HopQueue> joined) {
    Transaction transaction = new Transaction();
    SpooledMessage message = mail.message();
    joined.stream()
        .filter(queue -> !queue.isStored())
        .map(HopQueue::snapshot)
        .forEach(
            queue ->
                transaction.add(
                    queues.isFollowing()
                        ? new Change.AddQueue(queue)
                        : new Change.StoreQueue(queue)));
    transaction.add(new Change.StoreMessage(mail, content));
    DelayNotices.due(ports, mail)
        .ifPresent(
            due -> transaction.add(new Change.PlanDelayNotice(message.id(), Optional.of(due))));
    String from = message.reversePath().isNull() ? "<>" : message.reversePath().toString();
    trace(transaction, message, TraceEvent.Kind.RECEIVE, Optional.empty(), "Received from " + from);
    for (HopQueue queue : joined) {
      String connector = queue.nextHop().connector();
      trace(
          transaction,
          message,
          TraceEvent.Kind.SUBMIT,
          Optional.of(connector),
          "Queued for connector '" + connector + "'");
    }
    List<SpooledRecipient> here =
        mail.recipients().stream().filter(recipient -> recipient.queue().isEmpty()).toList();
    here.forEach(
        recipient -> deliver(transaction, message, recipient.address(), message.received()));
    reports.delivered(transaction, message, header, here);
    return transaction;
  }

  /** Puts a message that is stored into mailboxes of the lab, for these recipients. */
  void deliver(
      Transaction transaction,
      SpooledMessage message,
      List<SpooledRecipient> recipients,
      Instant now) {
    recipients.forEach(recipient -> deliver(transaction, message, recipient.address(), now));
    reports.delivered(transaction, message, recipients, now);
  }

  private void deliver(
      Transaction transaction, SpooledMessage message, Mailbox address, Instant now) {
    MailboxItem item =
        new MailboxItem(
            ids.next(now),
            address,
            message.id(),
            message.reversePath(),
            message.subject(),
            now,
            false,
            Optional.empty());
    transaction.add(new Change.StoreMailboxItem(item, Optional.empty()));
    transaction.trace(
        Optional.empty(),
        message.id(),
        new TraceEvent(
            now,
            TraceEvent.Kind.DELIVER,
            Optional.of(address),
            Optional.empty(),
            "Delivered to the mailbox",
            List.of()));
  }

  private static void trace(
      Transaction transaction,
      SpooledMessage message,
      TraceEvent.Kind kind,
      Optional<String> connector,
      String detail) {
    transaction.trace(
        connector,
        message.id(),
        new TraceEvent(
            message.received(), kind, Optional.empty(), Optional.empty(), detail, List.of()));
  }
}
