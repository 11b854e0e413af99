package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The persistent retry queue. It stores what is submitted, delivers it through a {@link Transport},
 * tries again on two clocks, and returns what it cannot deliver.
 *
 * <ul>
 *   <li>A failure of a <em>next hop</em> stops its queue: one probe per interval tests it for all
 *       its messages, and no message is touched. A failure of a <em>message</em> or
 *       <em>recipient</em> makes that one wait.
 *   <li>Everything that changes is written before it counts. What is read here (all methods but
 *       {@link #submit} and {@link #retry}) is what has been written.
 *   <li>A crash can send again at most the messages that were in an attempt.
 * </ul>
 *
 * <p>All methods may be called by any thread; those that read may block on the disk and throw
 * {@link java.io.UncheckedIOException} when it fails. One thread owns the state; everything that
 * will happen before time moves on is counted as {@link WorkInFlight}.
 */
public final class MailQueue implements Submission, Backlog.View, AutoCloseable {
  /** What attempts in flight get to end by themselves, and again after they were cancelled. */
  private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);

  private final QueuePorts ports;
  private final HopQueues queues;
  private final FreshMail fresh = new FreshMail();
  private final Dispatcher dispatcher;
  private final Pruning pruning;
  private final Expiry expiry;
  private final DelayNotices delayNotices;
  private final MessageIds ids;
  private final Arrivals arrivals;
  private final Submissions submissions;
  private final Views views;
  private final MessageOperations messageOperations;
  private final QueueOperations queueOperations;
  private final BulkOperations bulkOperations;

  /**
   * Wires the queue; nothing happens before {@link #start()}.
   *
   * @param spool is closed together with the queue
   * @param events is told on the queue's thread what has become durable
   * @param organization as it is now
   * @param connectors as they are now, the disabled ones too
   */
  public MailQueue(
      Spool spool,
      Transport transport,
      FailureClassifier classifier,
      InstantSource clock,
      TaskScheduler scheduler,
      WorkInFlight work,
      EventSink events,
      Supplier<Organization> organization,
      Supplier<List<Connector>> connectors,
      QueueSettings settings) {
    this.ports =
        new QueuePorts(
            spool,
            transport,
            classifier,
            clock,
            scheduler,
            events,
            organization,
            connectors,
            settings,
            new QueueThread(work));
    this.queues = new HopQueues(settings.maxConnectionsPerQueue());
    this.ids = new MessageIds(spool.node());
    Journal journal = new Journal(ports, fresh);
    Reports reports = new Reports(ports, ids);
    Returns returns = new Returns(reports);
    Claims claims = new Claims();
    this.expiry = new Expiry(ports, queues, returns, journal, claims);
    this.delayNotices = new DelayNotices(ports, queues, reports, journal);
    this.dispatcher =
        new Dispatcher(
            ports,
            queues,
            fresh,
            new Outcomes(ports, queues, returns, reports),
            journal,
            claims,
            attempt -> {
              claims.wake(attempt.message());
              expiry.released(attempt);
              delayNotices.released(attempt);
            });
    this.pruning = new Pruning(ports, queues, journal);
    Admission admission = new Admission(ports, queues, ids, reports);
    this.submissions =
        new Submissions(ports, queues, admission, journal, claims, dispatcher, this::joined);
    this.arrivals = new Arrivals(ports, queues, claims, journal, dispatcher, this::joined);
    this.views = new Views(spool, clock, connectors);
    this.messageOperations =
        new MessageOperations(
            ports, queues, claims, journal, dispatcher, this::sweep, returns, admission);
    this.queueOperations = new QueueOperations(ports, queues, journal, dispatcher);
    this.bulkOperations = new BulkOperations(views, this::operate);
  }

  /**
   * Goes on where the last run stopped, and then delivers.
   *
   * @throws java.io.UncheckedIOException when the spool cannot be read
   */
  public void start() {
    Spool spool = ports.spool();
    ports
        .thread()
        .call(
            () -> {
              spool.greatestId().ifPresent(ids::continueAfter);
              queues.recover(spool, ports.now());
              sweep();
              queues.all().forEach(dispatcher::pump);
              if (spool.isShared()) {
                arrivals.look();
              }
            });
  }

  /**
   * Instead of {@link #start()}: takes mail for the node that delivers, which finds it in the spool
   * ({@link #lookAround}). Nothing else is done here, and operations fail.
   *
   * @throws java.io.UncheckedIOException when the spool cannot be read
   */
  public void follow() {
    ports
        .thread()
        .call(
            () -> {
              ports.spool().greatestId().ifPresent(ids::continueAfter);
              queues.follow(ports.spool());
            });
  }

  /**
   * Looks for mail that other nodes have taken, and goes on where it was uncertain whether this
   * node still delivers. To be called every now and then where the spool is shared.
   */
  public void lookAround() {
    ports
        .thread()
        .post(
            () -> {
              arrivals.look();
              dispatcher.goOn();
            });
  }

  /**
   * Routes and stores a message. The reply is 250 only once it is on stable storage; then the
   * rejected recipients are not part of it. The stage completes on the queue's thread, which its
   * dependents must leave at once.
   */
  @Override
  public CompletionStage<Submission.Result> submit(Envelope envelope, MessageContent content) {
    return submissions.submit(envelope, content);
  }

  /** Looks for messages whose time has come, whatever for. */
  private void sweep() {
    expiry.sweep();
    delayNotices.sweep();
  }

  /** A message is in our queues, for as long as its times say. */
  private void expect(SpooledMail mail) {
    expiry.expect(mail.message().expires());
    delayNotices.expect(mail);
  }

  /** A message is in its queues, and may be tried unless it is due only later. */
  private void joined(SpooledMail mail, Optional<MessageContent> content) {
    if (queues.isFollowing()) {
      return;
    }
    pruning.look();
    if (!mail.entries().isEmpty()) {
      expect(mail);
    }
    if (mail.entries().size() == 1) {
      fresh.add(mail.entries().get(0).queue(), new FreshMail.Stored(mail, content));
    }
    Instant now = ports.now();
    for (SpooledEntry entry : mail.entries()) {
      queues.of(entry.queue()).offer(entry, now);
    }
  }

  /** As {@link #retry(String, Order)}, by the program itself. */
  public CompletionStage<RetryResult> retry(String queueId) {
    return retry(queueId, new Order("mailflow", Optional.empty()));
  }

  /** Probes the next hop of a queue in Retry now; its outcome sets the next retry time anew. */
  public CompletionStage<RetryResult> retry(String queueId, Order order) {
    return operate(
        result ->
            result.complete(
                find(queueId)
                    .map(queue -> queueOperations.retry(queue, order))
                    .orElse(RetryResult.UNKNOWN_QUEUE)));
  }

  /**
   * Holds a queue back, or does so no more; see {@link QueueStatus#SUSPENDED}. Survives a restart,
   * as does each of the other operations. They complete on the queue's thread, which their
   * dependents must leave at once; exceptionally, when the queue is closed or cannot be read.
   */
  public CompletionStage<OperationResult> suspendQueue(
      String queueId, boolean suspend, Order order) {
    return operate(
        result ->
            find(queueId)
                .ifPresentOrElse(
                    queue -> queueOperations.suspend(queue, suspend, order, result),
                    () -> result.complete(OperationResult.UNKNOWN)));
  }

  /** The same for all queues of a connector, also those that it will have. */
  public CompletionStage<OperationResult> suspendConnector(
      String connector, boolean suspend, Order order) {
    return operate(result -> queueOperations.suspendConnector(connector, suspend, order, result));
  }

  /** Does something to one message, after the attempt that it may be in. */
  public CompletionStage<OperationResult> operate(
      String messageId, MessageOperation operation, Order order) {
    return operate(result -> messageOperations.run(messageId, operation, order, result));
  }

  /**
   * Does something to all messages that wait and that the filter means, as far as it applies to
   * them. Blocks until all of it is durable, however long that takes.
   *
   * @throws java.util.concurrent.CompletionException when the queue is closed or cannot be read in
   *     the middle; what was done by then stays done
   */
  public BulkResult operateOnAll(MessageFilter filter, MessageOperation operation, Order order) {
    return bulkOperations.run(filter, operation, order);
  }

  /** How many messages that would be done to. Blocks while it reads. */
  public BulkResult countAll(MessageFilter filter) {
    return bulkOperations.count(filter);
  }

  private <T> CompletionStage<T> operate(Consumer<CompletableFuture<T>> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean posted =
        ports
            .thread()
            .post(
                () -> {
                  try {
                    if (queues.isFollowing()) {
                      throw new IllegalStateException("another node delivers");
                    }
                    operation.accept(result);
                  } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                  }
                });
    if (!posted) {
      result.completeExceptionally(new IllegalStateException("the queue is closed"));
    }
    return result;
  }

  private Optional<HopQueue> find(String queueId) {
    OptionalLong number = Views.queueNumber(queueId);
    return number.isPresent() ? queues.find(number.getAsLong()) : Optional.empty();
  }

  /** All queues, in the order of their creation. */
  public List<QueueView> queues() {
    return views.queues();
  }

  public Optional<QueueView> queue(String id) {
    return views.queue(id);
  }

  /**
   * Messages, the newest first.
   *
   * @param limit 1 to 1000; others are taken for the nearest
   * @param cursor of the page before, to go on with older ones; absent for the newest
   */
  public Page<MessageView> messages(MessageFilter filter, int limit, Optional<String> cursor) {
    return views.messages(filter, limit, cursor);
  }

  /**
   * Messages that wait behind a connector and were received by an instant, the newest first; see
   * {@link #messages}.
   */
  public Page<MessageView> delayed(
      String connector, Instant receivedBy, int limit, Optional<String> cursor) {
    return views.delayed(connector, receivedBy, limit, cursor);
  }

  public Optional<MessageView> message(String id) {
    return views.message(id);
  }

  /** What happened to a message, and to its queues while it was in them; empty when unknown. */
  public List<TraceEvent> trace(String id) {
    return ports.spool().trace(id);
  }

  /** The content of a message; reading it fails when it is damaged. */
  public Optional<MessageContent> content(String id) {
    return ports.spool().content(id);
  }

  /** What is in a mailbox of the lab, the newest first; see {@link #messages}. */
  public Page<MailboxView> mailbox(Mailbox address, int limit, Optional<String> cursor) {
    return views.mailbox(address, limit, cursor);
  }

  /** What is in all mailboxes of the lab, the newest first; see {@link #messages}. */
  public Page<MailboxView> mailboxes(int limit, Optional<String> cursor) {
    return views.mailboxes(limit, cursor);
  }

  /** One mail, whosever mailbox it is in; the first by address when it is in several. */
  public Optional<MailboxView> mailboxItem(String id) {
    return views.mailboxItem(id);
  }

  /** One mail of a mailbox. */
  public Optional<MessageContent> mailboxContent(Mailbox address, String id) {
    return ports
        .spool()
        .mailboxItem(address, id)
        .map(MailboxItem::body)
        .flatMap(ports.spool()::content);
  }

  /** How many transactions the spool has made durable since it was opened. */
  public long commits() {
    return ports.spool().commits();
  }

  @Override
  public Backlog backlog(String connector, Instant receivedBy, int threshold) {
    return ports.spool().backlog(connector, receivedBy, threshold);
  }

  /**
   * Starts no more attempts, gives those in flight a short time, then cancels them; their messages
   * stay queued. Closes the spool. Blocks for some seconds at most; a second time for none.
   */
  @Override
  public void close() {
    ports.thread().post(queues::close);
    if (!awaitIdle()) {
      ports.thread().post(() -> queues.attempts().forEach(RunningAttempt::cancel));
      awaitIdle();
    }
    ports.spool().close();
    ports.thread().stop(CLOSING_LIMIT);
  }

  private boolean awaitIdle() {
    CountDownLatch idle = new CountDownLatch(1);
    if (!ports.thread().post(() -> queues.whenIdle(idle::countDown))) {
      return true;
    }
    try {
      return idle.await(CLOSING_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
