package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.routing.Route;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Takes messages in: routes each recipient, stores what has somewhere to go in one transaction, and
 * answers when that is durable.
 */
final class Submissions {
  /** Submissions that wait for the disk; more than that are refused for now. */
  private static final int MAX_WAITING = 4096;

  private static final SmtpReply NO_STORAGE =
      SmtpReply.of(452, "4.3.1 Insufficient system storage");
  private static final SmtpReply NOT_RUNNING = SmtpReply.of(451, "4.3.2 The queue is not running");

  private final QueuePorts ports;
  private final HopQueues queues;
  private final MessageIds ids;
  private final Journal journal;
  private final Consumer<SpooledMail> onStored;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /**
   * Prepares.
   *
   * @param onStored is told each message that is durable and has something to deliver
   */
  Submissions(
      QueuePorts ports,
      HopQueues queues,
      MessageIds ids,
      Journal journal,
      Consumer<SpooledMail> onStored) {
    this.ports = ports;
    this.queues = queues;
    this.ids = ids;
    this.journal = journal;
    this.onStored = onStored;
  }

  /** See {@link MailQueue#submit}. Any thread. */
  CompletableFuture<Submission.Result> submit(Envelope envelope, MessageContent content) {
    if (!waiting.tryAcquire()) {
      return CompletableFuture.completedFuture(refused(NO_STORAGE, Map.of()));
    }
    CompletableFuture<Submission.Result> result = new CompletableFuture<>();
    boolean posted = ports.thread().post(() -> accept(envelope, content, result));
    if (!posted) {
      result.complete(refused(NOT_RUNNING, Map.of()));
    }
    return result.whenComplete((value, e) -> waiting.release());
  }

  private void accept(
      Envelope envelope, MessageContent content, CompletableFuture<Submission.Result> result) {
    if (!queues.isOpen()) {
      result.complete(refused(NOT_RUNNING, Map.of()));
      return;
    }
    Map<Mailbox, Route> routes = route(envelope);
    Map<Mailbox, SmtpReply> rejected = rejected(routes);
    if (rejected.size() == routes.size()) {
      result.complete(refused(rejected.values().iterator().next(), rejected));
      return;
    }
    try (InputStream in = content.open()) {
      store(envelope, content, HeaderBlock.read(in), routes, rejected, result);
    } catch (IOException e) {
      result.complete(refused(NO_STORAGE, rejected));
    }
  }

  private Map<Mailbox, Route> route(Envelope envelope) {
    Map<Mailbox, Route> routes = new LinkedHashMap<>();
    for (Mailbox recipient : envelope.recipients()) {
      routes.put(
          recipient, Router.route(ports.organization().get(), ports.connectors().get(), recipient));
    }
    return routes;
  }

  private static Map<Mailbox, SmtpReply> rejected(Map<Mailbox, Route> routes) {
    Map<Mailbox, SmtpReply> rejected = new LinkedHashMap<>();
    routes.forEach(
        (recipient, route) -> {
          if (route instanceof Route.Refused refused) {
            rejected.put(recipient, refused.reply());
          }
        });
    return rejected;
  }

  private void store(
      Envelope envelope,
      MessageContent content,
      HeaderBlock header,
      Map<Mailbox, Route> routes,
      Map<Mailbox, SmtpReply> rejected,
      CompletableFuture<Submission.Result> result) {
    Instant now = ports.now();
    SpooledMail mail = mail(envelope, content, header, routes, now);
    Transaction transaction = new Transaction();
    List<HopQueue> joined = joined(mail);
    joined.stream()
        .filter(queue -> !queue.isStored())
        .forEach(queue -> transaction.add(new Change.StoreQueue(queue.snapshot())));
    transaction.add(new Change.StoreMessage(mail, content));
    trace(transaction, mail, joined, now);
    joined.forEach(HopQueue::joined);
    ports
        .thread()
        .after(
            ports.spool().commit(transaction.changes()),
            (done, failure) -> {
              if (failure == null) {
                journal.tell(transaction);
                joined.forEach(HopQueue::markStored);
                onStored.accept(mail);
                result.complete(accepted(mail.message(), rejected));
              } else {
                joined.forEach(this::leaveAgain);
                result.complete(refused(NO_STORAGE, rejected));
              }
            });
  }

  private void leaveAgain(HopQueue queue) {
    if (queue.left()) {
      Transaction transaction = new Transaction();
      transaction.add(new Change.StoreQueue(queue.snapshot()));
      journal.write(transaction, () -> {});
    }
  }

  private SpooledMail mail(
      Envelope envelope,
      MessageContent content,
      HeaderBlock header,
      Map<Mailbox, Route> routes,
      Instant now) {
    String id = ids.next(now);
    List<SpooledRecipient> recipients = new ArrayList<>();
    Set<HopQueue> hops = new LinkedHashSet<>();
    routes.forEach(
        (recipient, route) -> {
          if (route instanceof Route.ViaConnector via) {
            HopQueue queue = queues.findOrCreate(via.nextHop());
            hops.add(queue);
            recipients.add(
                SpooledRecipient.queued(recipients.size(), recipient, queue.number(), now));
          } else if (route instanceof Route.ToMailbox) {
            recipients.add(SpooledRecipient.inMailbox(recipients.size(), recipient, now));
          }
        });
    Instant expires = ports.settings().retry().expires(now);
    SpooledMessage message =
        new SpooledMessage(
            id,
            header.messageId().orElseGet(() -> messageId(id)),
            envelope.reversePath(),
            envelope.bodyType(),
            header.subject(),
            content.size(),
            now,
            expires,
            hops.isEmpty() ? RecipientState.DELIVERED : RecipientState.PENDING);
    return new SpooledMail(
        message, recipients, hops.stream().map(queue -> entry(message, queue)).toList());
  }

  private String messageId(String id) {
    return "<" + id + "@" + ports.organization().get().defaultDomain() + ">";
  }

  private static SpooledEntry entry(SpooledMessage message, HopQueue queue) {
    return new SpooledEntry(
        message.id(),
        queue.number(),
        message.received(),
        message.expires(),
        Optional.of(message.received()),
        0,
        queue.probes(),
        OptionalLong.empty());
  }

  private List<HopQueue> joined(SpooledMail mail) {
    return mail.entries().stream().map(entry -> queues.of(entry.queue())).toList();
  }

  private void trace(
      Transaction transaction, SpooledMail mail, List<HopQueue> joined, Instant now) {
    SpooledMessage message = mail.message();
    String from = message.reversePath().isNull() ? "<>" : message.reversePath().toString();
    transaction.trace(
        Optional.empty(),
        message.id(),
        event(now, TraceEvent.Kind.RECEIVE, Optional.empty(), "Received from " + from));
    for (HopQueue queue : joined) {
      NextHop nextHop = queue.nextHop();
      transaction.trace(
          Optional.of(nextHop.connector()),
          message.id(),
          event(
              now,
              TraceEvent.Kind.SUBMIT,
              Optional.empty(),
              "Queued for connector '" + nextHop.connector() + "'"));
    }
    mail.recipients().stream()
        .filter(recipient -> recipient.queue().isEmpty())
        .forEach(recipient -> deliver(transaction, message, recipient.address(), now));
  }

  private void deliver(
      Transaction transaction, SpooledMessage message, Mailbox address, Instant now) {
    transaction.add(
        new Change.StoreMailboxItem(
            new MailboxItem(
                ids.next(now),
                address,
                message.id(),
                message.reversePath(),
                message.subject(),
                now,
                false,
                Optional.empty()),
            Optional.empty()));
    transaction.trace(
        Optional.empty(),
        message.id(),
        event(now, TraceEvent.Kind.DELIVER, Optional.of(address), "Delivered to the mailbox"));
  }

  private static TraceEvent event(
      Instant now, TraceEvent.Kind kind, Optional<Mailbox> recipient, String detail) {
    return new TraceEvent(now, kind, recipient, Optional.empty(), detail, List.of());
  }

  private static Submission.Result accepted(
      SpooledMessage message, Map<Mailbox, SmtpReply> rejected) {
    String text =
        "2.6.0 "
            + message.messageId()
            + " [InternalId="
            + message.id()
            + "] Queued mail for delivery";
    return new Submission.Result(Optional.of(message.id()), SmtpReply.of(250, text), rejected);
  }

  private static Submission.Result refused(SmtpReply reply, Map<Mailbox, SmtpReply> rejected) {
    return new Submission.Result(Optional.empty(), reply, rejected);
  }
}
