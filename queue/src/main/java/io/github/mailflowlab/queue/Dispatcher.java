package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts attempts. {@link #pump} is the whole of it: it looks at a queue and starts what may be
 * started now, or sets the alarm clock for later. It is called whenever something may have changed:
 * a message joined, an outcome is durable, the alarm rang. An open queue delivers in order of due
 * time and then of receipt, so many at a time; one in Retry makes one probe per interval.
 *
 * <p>A message is busy from the start of its attempt until the outcome is durable, and holds its
 * slot as long; so after a crash at most one message per slot is sent again. Confined to the
 * queue's thread.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** How often a queue looks whether its connector is back. */
  private static final Duration CONNECTOR_RECHECK = Duration.ofMinutes(1);

  private final QueuePorts ports;
  private final HopQueues queues;
  private final FreshMail fresh;
  private final Outcomes outcomes;
  private final Journal journal;
  private final Claims claims;
  private final Consumer<RunningAttempt> onRelease;

  /** Whether something was not looked at, because the spool may have been another node's. */
  private boolean heldBack;

  /**
   * Prepares.
   *
   * @param onRelease is told each attempt that is over and recorded, once the next are under way
   */
  Dispatcher(
      QueuePorts ports,
      HopQueues queues,
      FreshMail fresh,
      Outcomes outcomes,
      Journal journal,
      Claims claims,
      Consumer<RunningAttempt> onRelease) {
    this.ports = ports;
    this.queues = queues;
    this.fresh = fresh;
    this.outcomes = outcomes;
    this.journal = journal;
    this.claims = claims;
    this.onRelease = onRelease;
  }

  /** Starts what may be started. */
  void pump(HopQueue queue) {
    assert ports.thread().isCurrent();
    if (!queues.isOpen() || queue.messages() == 0) {
      return;
    }
    if (!ports.spool().mayDeliver()) {
      heldBack = true;
      return;
    }
    if (queues.isSuspended(queue)) {
      fresh.forget(queue.number());
      return;
    }
    Optional<Connector> connector = ports.connector(queue.nextHop().connector());
    if (connector.isEmpty()) {
      fresh.forget(queue.number());
      wake(queue, ports.now().plus(CONNECTOR_RECHECK));
      return;
    }
    try {
      if (queue.isRetrying()) {
        fresh.forget(queue.number());
        probe(queue, connector.get());
      } else {
        drain(queue, connector.get());
        if (queue.takeLaterUnknown()) {
          wakeForNextDue(queue);
        }
      }
    } catch (UncheckedIOException e) {
      log.error("queue={} cannot be read, trying again: {}", queue.number(), e.toString());
      wake(queue, ports.now().plus(Journal.DISK_RETRY));
    }
  }

  /** Goes on when the spool is surely ours again. */
  void goOn() {
    if (heldBack && ports.spool().mayDeliver()) {
      heldBack = false;
      queues.all().forEach(HopQueue::lookIntoSpool);
      queues.all().forEach(this::pump);
    }
  }

  /** Probes a queue in Retry now, with its oldest message; false when there is nothing to do so. */
  boolean probeNow(HopQueue queue) {
    Optional<Connector> connector = ports.connector(queue.nextHop().connector());
    if (!queue.isRetrying()
        || connector.isEmpty()
        || queues.isSuspended(queue)
        || !ports.spool().mayDeliver()) {
      return false;
    }
    Instant now = ports.now();
    // Whoever asks for a probe means now, so messages that wait on their own clock may make it too.
    Instant by = now.plus(ports.settings().retry().expiry());
    return queue.isProbing() || startFirst(queue, connector.get(), by, now);
  }

  private void drain(HopQueue queue, Connector connector) {
    Instant now = ports.now();
    boolean refilled = false;
    while (!queue.isFull()) {
      Optional<String> next = queue.pollReady();
      if (next.isPresent()) {
        start(queue, connector, next.get(), now, now);
      } else if (queue.hasMoreInSpool() && !refilled) {
        refilled = true;
        queue.refill(ports.spool().due(queue.number(), now, now, queue.readLimit()));
      } else {
        return;
      }
    }
  }

  private void probe(HopQueue queue, Connector connector) {
    if (queue.isProbing() || queue.isFull()) {
      return;
    }
    Instant now = ports.now();
    Instant due = queue.nextRetry().orElse(now);
    if (due.isAfter(now)) {
      wake(queue, due);
    } else if (!startFirst(queue, connector, now, now)) {
      wakeForNextDue(queue);
    }
  }

  private boolean startFirst(HopQueue queue, Connector connector, Instant by, Instant now) {
    for (String message : ports.spool().due(queue.number(), by, now, queue.readLimit())) {
      if (start(queue, connector, message, by, now)) {
        return true;
      }
    }
    return false;
  }

  /** Starts an attempt, unless the message is busy, held back, gone, expired or not due. */
  private boolean start(
      HopQueue queue, Connector connector, String message, Instant by, Instant now) {
    if (queue.isBusy(message) || claims.holds(message)) {
      return false;
    }
    Optional<FreshMail.Stored> stored = fresh.take(queue.number(), message);
    Optional<SpooledMail> mail =
        stored.map(FreshMail.Stored::mail).or(() -> ports.spool().mail(message));
    Optional<SpooledEntry> entry =
        mail.flatMap(found -> found.entry(queue.number()))
            .filter(found -> found.isOpen() && !found.suspended() && found.expires().isAfter(now));
    if (mail.isEmpty() || entry.isEmpty()) {
      return false;
    }
    List<SpooledRecipient> due = due(mail.get(), queue, connector, by);
    if (due.isEmpty()) {
      return false;
    }
    MessageContent content =
        stored
            .flatMap(FreshMail.Stored::content)
            .or(() -> ports.spool().content(message))
            .orElseGet(() -> new MissingContent(message, mail.get().message().size()));
    RunningAttempt attempt =
        new RunningAttempt(queue, mail.get(), entry.get(), due, new WatchedContent(content));
    queue.occupy(attempt);
    Transport.Attempt running = ports.transport().start(request(attempt, connector));
    attempt.started(running);
    ports.thread().after(running.report(), (report, e) -> finished(attempt, report, e));
    return true;
  }

  private static List<SpooledRecipient> due(
      SpooledMail mail, HopQueue queue, Connector connector, Instant by) {
    List<SpooledRecipient> due =
        mail.recipients().stream()
            .filter(recipient -> recipient.isPending() && recipient.isIn(queue.number()))
            .filter(recipient -> !recipient.nextAttempt().isAfter(by))
            .toList();
    if (due.isEmpty() || !connector.useMxRecord()) {
      return due;
    }
    // One attempt goes to one domain, also in a queue from before the connector followed MX.
    DomainName domain = due.get(0).address().domain();
    return due.stream().filter(one -> one.address().domain().equals(domain)).toList();
  }

  private static AttemptRequest request(RunningAttempt attempt, Connector connector) {
    List<SpooledRecipient> due = attempt.due();
    Optional<DomainName> mxDomain =
        connector.useMxRecord() ? Optional.of(due.get(0).address().domain()) : Optional.empty();
    return new AttemptRequest(
        attempt.message(),
        connector,
        new NextHop(connector.name(), mxDomain),
        new Envelope(
            attempt.mail().message().reversePath(),
            due.stream().map(SpooledRecipient::address).toList(),
            attempt.mail().message().bodyType(),
            attempt.mail().message().smtpUtf8(),
            attempt.mail().dsn()),
        attempt.content());
  }

  private void finished(
      RunningAttempt attempt, @Nullable AttemptReport report, @Nullable Throwable broken) {
    AttemptReport told = report == null ? noReport(attempt, broken) : report;
    Transaction transaction = outcomes.of(attempt, told);
    journal.write(transaction, () -> release(attempt));
  }

  private static AttemptReport noReport(RunningAttempt attempt, @Nullable Throwable broken) {
    log.error("id={} the transport broke its contract", attempt.message(), broken);
    return AttemptReport.failed(
        new Failure.OwnExhaustion(Stage.DONE, "no report"), Optional.empty(), List.of());
  }

  private void release(RunningAttempt attempt) {
    HopQueue queue = attempt.queue();
    attempt.recorded();
    queue.release(attempt);
    if (!queues.isOpen()) {
      queues.released();
      return;
    }
    if (attempt.isWaiting()) {
      queue.lookForLater();
    }
    if (attempt.leftOthersDue(ports.now())) {
      queue.lookIntoSpool();
    }
    pump(queue);
    onRelease.accept(attempt);
  }

  /** Sets the alarm clock, unless it rings before. */
  private void wake(HopQueue queue, Instant due) {
    if (queue.sleepsBeyond(due)) {
      queue.wakeAt(
          due, ports.scheduler().schedule(due, () -> ports.thread().post(() -> woke(queue))));
    }
  }

  private void wakeForNextDue(HopQueue queue) {
    ports.spool().nextDue(queue.number(), ports.now()).ifPresent(due -> wake(queue, due));
  }

  private void woke(HopQueue queue) {
    queue.woke();
    queue.lookIntoSpool();
    pump(queue);
  }
}
