package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.routing.Route;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Takes messages in: routes each recipient, stores what has somewhere to go in one transaction, and
 * answers when that is durable. Also for another node that delivers.
 */
final class Submissions {
  /** Submissions that wait for the disk; more than that are refused for now. */
  private static final int MAX_WAITING = 4096;

  private static final SmtpReply NO_STORAGE =
      SmtpReply.of(452, "4.3.1 Insufficient system storage");
  private static final SmtpReply NOT_RUNNING = SmtpReply.of(451, "4.3.2 The queue is not running");

  private final QueuePorts ports;
  private final HopQueues queues;
  private final Admission admission;
  private final Journal journal;
  private final Claims claims;
  private final Dispatcher dispatcher;
  private final BiConsumer<SpooledMail, Optional<MessageContent>> onStored;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /**
   * Prepares.
   *
   * @param onStored is told each message that is durable, before its queues are pumped, with its
   *     content, which may soon be gone unless it is in memory
   */
  Submissions(
      QueuePorts ports,
      HopQueues queues,
      Admission admission,
      Journal journal,
      Claims claims,
      Dispatcher dispatcher,
      BiConsumer<SpooledMail, Optional<MessageContent>> onStored) {
    this.ports = ports;
    this.queues = queues;
    this.admission = admission;
    this.journal = journal;
    this.claims = claims;
    this.dispatcher = dispatcher;
    this.onStored = onStored;
  }

  /** See {@link MailQueue#submit}. Any thread. */
  CompletableFuture<Submission.Result> submit(Envelope envelope, MessageContent content) {
    if (!waiting.tryAcquire()) {
      return CompletableFuture.completedFuture(refused(NO_STORAGE, Map.of()));
    }
    CompletableFuture<Submission.Result> result = new CompletableFuture<>();
    if (!ports.thread().post(() -> acceptOrFail(envelope, content, result))) {
      result.complete(refused(NOT_RUNNING, Map.of()));
    }
    return result.whenComplete((value, e) -> waiting.release());
  }

  private void acceptOrFail(
      Envelope envelope, MessageContent content, CompletableFuture<Submission.Result> result) {
    try {
      accept(envelope, content, result);
    } catch (RuntimeException | AssertionError e) {
      result.completeExceptionally(e);
      throw e;
    }
  }

  private void accept(
      Envelope envelope, MessageContent content, CompletableFuture<Submission.Result> result) {
    if (!queues.isOpen() && !queues.isFollowing()) {
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
      HeaderBlock header = HeaderBlock.read(in);
      store(admission.admit(envelope, content, header, routes), content, rejected, result);
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
      Admission.Admitted admitted,
      MessageContent content,
      Map<Mailbox, SmtpReply> rejected,
      CompletableFuture<Submission.Result> result) {
    String id = admitted.mail().message().id();
    // It can be seen in the spool a little before it is durable, and must not be sent by then.
    claims.take(id);
    admitted.joined().forEach(HopQueue::joined);
    ports
        .thread()
        .after(
            ports.spool().commit(admitted.transaction().changes()),
            (done, failure) -> {
              if (failure == null) {
                stored(admitted, content);
                result.complete(accepted(admitted.mail().message(), rejected));
              } else {
                claims.release(id);
                admitted.joined().forEach(this::leaveAgain);
                result.complete(refused(NO_STORAGE, rejected));
              }
            });
  }

  private void stored(Admission.Admitted admitted, MessageContent content) {
    admitted.joined().forEach(HopQueue::markStored);
    journal.tell(admitted.transaction());
    onStored.accept(admitted.mail(), Optional.of(content));
    claims.release(admitted.mail().message().id());
    admitted.joined().forEach(dispatcher::pump);
  }

  private void leaveAgain(HopQueue queue) {
    if (queue.left()) {
      Transaction transaction = new Transaction();
      transaction.add(new Change.StoreQueue(queue.snapshot()));
      journal.write(transaction, () -> {});
    }
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
