package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.failure.Observation;
import io.github.mailflowlab.failure.Scope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.DamagedContentException;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What follows from one report, on the two clocks: a failure of the next hop moves its queue and
 * leaves the message as it was; anything else moves the message or one recipient, and shows that
 * the next hop is alive. Used once, on the queue's thread.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  /** After troubles of our own, which are nobody's fault and soon over. */
  private static final Duration OWN_TROUBLE_RETRY = Duration.ofMinutes(1);

  private final RunningAttempt attempt;
  private final HopQueue queue;
  private final AttemptReport report;
  private final Verdict verdict;
  private final RetryPolicy policy;
  private final Instant now;
  private final long jitter;
  private final boolean ofEarlierWave;
  private final Transaction transaction = new Transaction();

  /** The recipients in this queue that stay pending, by position. */
  private final Map<Integer, SpooledRecipient> pending = new LinkedHashMap<>();

  /**
   * Prepares.
   *
   * @param jitter one for all recipients, so that those deferred together are tried together
   */
  Settlement(
      RunningAttempt attempt,
      AttemptReport report,
      Verdict verdict,
      RetryPolicy policy,
      Instant now,
      long jitter) {
    this.attempt = attempt;
    this.queue = attempt.queue();
    this.report = report;
    this.verdict = verdict;
    this.policy = policy;
    this.now = now;
    this.jitter = jitter;
    this.ofEarlierWave = attempt.isOfEarlierWave();
    attempt.mail().recipients().stream()
        .filter(recipient -> recipient.isPending() && recipient.isIn(queue.number()))
        .forEach(recipient -> pending.put(recipient.position(), recipient));
  }

  /** Judges the next hop first, then decides about the recipients. */
  Transaction settle(HopQueues queues, Returns returns, Reports reports) {
    boolean hopFailed = judgeNextHop();
    adaptConcurrency();
    verdict.delivered().forEach(this::delivered);
    List<Returns.Returned> returned = new ArrayList<>();
    Set<LastError> told = new LinkedHashSet<>();
    verdict
        .failures()
        .forEach(
            (recipient, failure) -> {
              if (failure.isPermanent()) {
                returned.add(returned(recipient, failure));
              } else if (!hopFailed || failure.scope() != Scope.NEXT_HOP) {
                deferred(recipient, failure, !hopFailed && told.add(failure.lastError()));
              }
            });
    tellOfSuccess(reports);
    SpooledEntry entry = moveEntry(hopFailed ? 0 : 1);
    returns.add(
        transaction,
        attempt.mail(),
        returned,
        queues.attemptsShown(withThis(entry)),
        now,
        report.transcript());
    if (!entry.isOpen()) {
      leave();
    }
    log(hopFailed);
    return transaction;
  }

  // The queue's clock.

  /** Whether the next hop failed; then the attempt is the queue's, and not the message's own. */
  private boolean judgeNextHop() {
    Optional<LastError> failure = verdict.nextHopFailure().or(this::repeatedEndInTransaction);
    if (failure.isPresent() && ofEarlierWave) {
      queue.lookIntoSpool();
      return true;
    }
    if (failure.isPresent()) {
      queue.failed(now, failure.get(), policy);
      transaction.trace(queue, defer(Optional.empty(), failure.get()));
    } else if (queue.isRetrying() && verdict.heardFromPeer()) {
      queue.recovered();
    } else if (queue.isRetrying() && attempt.isProbe() && !attempt.isCancelled()) {
      queue.postpone(now.plus(OWN_TROUBLE_RETRY));
    } else {
      return false;
    }
    transaction.add(new Change.StoreQueue(queue.snapshot()));
    return failure.isPresent();
  }

  /** Gives the next hop more at a time when it delivers, less when it says 421. */
  private void adaptConcurrency() {
    boolean closing =
        Stream.concat(report.failure().stream(), report.refused().values().stream())
            .anyMatch(one -> one instanceof Failure.Replied it && it.reply().code() == 421);
    if (closing) {
      queue.halve(attempt);
    } else if (!verdict.delivered().isEmpty()) {
      queue.delivered();
    }
  }

  /**
   * Two messages in a row whose transactions ended without a reply make it the next hop's failure.
   * The message waits on its own clock all the same: should it be the one that kills the server,
   * then the next probe is made with another.
   */
  private Optional<LastError> repeatedEndInTransaction() {
    Optional<LastError> ended = verdict.endInTransaction();
    if (ended.isPresent()) {
      return ended.filter(error -> queue.endsInTransactionAgain(attempt.message()));
    }
    if (verdict.heardFromPeer()) {
      queue.transactionEndedWell();
    }
    return Optional.empty();
  }

  // The message's own clock.

  private void delivered(SpooledRecipient recipient, SmtpReply reply) {
    pending.remove(recipient.position());
    update(recipient.decided(RecipientState.DELIVERED, reply.status(), reply.toString()));
    String tls = report.tls().map(version -> " over " + version).orElse("");
    String to = report.destination().map(Destination::serverName).orElse("the next hop");
    trace(
        new TraceEvent(
            now,
            TraceEvent.Kind.SEND,
            Optional.of(recipient.address()),
            Optional.of(reply.status()),
            "Sent to " + to + tls + ": " + reply,
            report.transcript()));
  }

  /** Where the next hop knows DSN, it reports; else nobody does after us. */
  private void tellOfSuccess(Reports reports) {
    if (!report.dsnPassedOn()) {
      Optional<String> nextHop = report.destination().map(Destination::serverName);
      reports.relayed(transaction, attempt.mail().message(), verdict.delivered(), nextHop, now);
    }
  }

  private Returns.Returned returned(SpooledRecipient recipient, Classification failure) {
    pending.remove(recipient.position());
    Optional<Destination> refusedBy =
        failure.observation() == Observation.RECIPIENT_REFUSED
                || failure.observation() == Observation.MESSAGE_REFUSED
            ? report.destination()
            : Optional.empty();
    return new Returns.Returned(
        recipient,
        queue.nextHop().connector(),
        new ReturnedRecipient(
            recipient.address(),
            recipient.dsn().orcpt(),
            failure.returned().orElseThrow(),
            Optional.empty(),
            refusedBy));
  }

  private void deferred(SpooledRecipient recipient, Classification failure, boolean newsOfMessage) {
    boolean own = failure.observation() == Observation.OWN_EXHAUSTION;
    int failures = recipient.failures() + (own ? 0 : 1);
    Instant next =
        own
            ? now.plus(OWN_TROUBLE_RETRY)
            : policy.nextAttempt(now, failures, new SplittableRandom(jitter));
    defer(recipient, failures, next, failure.lastError());
    if (failure.scope() == Scope.RECIPIENT) {
      trace(defer(Optional.of(recipient.address()), failure.lastError()));
    } else if (newsOfMessage) {
      trace(defer(Optional.empty(), failure.lastError()));
    }
  }

  private void defer(SpooledRecipient recipient, int failures, Instant next, LastError error) {
    SpooledRecipient after = recipient.deferred(failures, next, new DatedError(now, error));
    pending.put(after.position(), after);
    update(after);
  }

  /** Where the message stands in its queue after this. */
  private SpooledEntry moveEntry(int ownAttempts) {
    int attempts = attempt.entry().attempts() + ownAttempts;
    SpooledEntry after =
        pending.values().stream()
            .map(SpooledRecipient::nextAttempt)
            .min(Comparator.naturalOrder())
            .map(next -> attempt.entry().waiting(attempts, next))
            .orElseGet(() -> attempt.entry().left(attempts, queue.probes()));
    if (after.isOpen()) {
      attempt.waits();
    }
    if (!after.equals(attempt.entry())) {
      transaction.add(new Change.UpdateEntry(after));
    }
    return after;
  }

  private void leave() {
    transaction.add(new Change.Settle(attempt.message()));
    if (queue.left()) {
      transaction.add(new Change.StoreQueue(queue.snapshot()));
    }
  }

  private List<SpooledEntry> withThis(SpooledEntry entry) {
    return attempt.mail().entries().stream()
        .map(other -> other.queue() == entry.queue() ? entry : other)
        .toList();
  }

  // Our own disk.

  /**
   * The stored content could not be read. Damaged content is set aside: it is not tried again, and
   * returned without its content when it expires.
   */
  Transaction couldNotRead(IOException failure) {
    boolean damaged = failure instanceof DamagedContentException;
    LastError error =
        new LastError(
            Optional.empty(),
            EnhancedStatusCode.of(damaged ? "4.3.0" : "4.3.1"),
            damaged ? "451 4.3.0 Stored content damaged" : "452 4.3.1 Stored content unreadable",
            Optional.of(String.valueOf(failure.getMessage())),
            Optional.empty());
    log.error("id={} {}: {}", attempt.message(), error.reply(), failure.toString());
    Instant next = damaged ? attempt.entry().expires() : now.plus(OWN_TROUBLE_RETRY);
    for (SpooledRecipient recipient : List.copyOf(pending.values())) {
      defer(recipient, recipient.failures(), next, error);
    }
    trace(defer(Optional.empty(), error));
    moveEntry(1);
    if (queue.isRetrying() && attempt.isProbe() && !damaged) {
      queue.postpone(next);
      transaction.add(new Change.StoreQueue(queue.snapshot()));
    }
    return transaction;
  }

  // Telling.

  private TraceEvent defer(Optional<Mailbox> recipient, LastError error) {
    return new TraceEvent(
        now,
        TraceEvent.Kind.DEFER,
        recipient,
        Optional.of(error.status()),
        TraceDetail.deferred(error, now),
        report.transcript());
  }

  private void update(SpooledRecipient recipient) {
    transaction.add(new Change.UpdateRecipient(attempt.message(), recipient));
  }

  private void trace(TraceEvent event) {
    transaction.trace(Optional.of(queue.nextHop().connector()), attempt.message(), event);
  }

  private void log(boolean hopFailed) {
    Level level = level(hopFailed);
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    log.atLevel(level)
        .log(
            "id={} queue={} nextHop={} delivered={} failed={} codes={} next={}",
            attempt.message(),
            queue.number(),
            queue.nextHop().connector(),
            verdict.delivered().size(),
            verdict.failures().size(),
            verdict.failures().values().stream()
                .map(failure -> failure.lastError().status().toString())
                .distinct()
                .toList(),
            next(hopFailed).map(Instant::toString).orElse("-"));
  }

  /** What went well is of no interest, and a next hop's failure is told once per probe. */
  private Level level(boolean hopFailed) {
    boolean toldBefore = hopFailed && ofEarlierWave;
    return toldBefore || verdict.failures().isEmpty() ? Level.DEBUG : Level.INFO;
  }

  private Optional<Instant> next(boolean hopFailed) {
    return hopFailed
        ? queue.nextRetry()
        : pending.values().stream()
            .map(SpooledRecipient::nextAttempt)
            .min(Comparator.naturalOrder());
  }
}
