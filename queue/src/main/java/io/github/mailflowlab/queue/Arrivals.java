package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mail that other nodes have taken for the one that delivers. They store it with its queues, and it
 * is <em>arriving</em> there until it is seen here and joins them as if it had just come: that is a
 * transaction of this node, which alone counts and orders what is in a queue. A crash on either
 * side leaves it arriving, or in its queues. Confined to the queue's thread.
 */
final class Arrivals {
  private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

  /** Messages that join in one transaction. */
  private static final int PAGE = 256;

  private final QueuePorts ports;
  private final HopQueues queues;
  private final Claims claims;
  private final Journal journal;
  private final Dispatcher dispatcher;
  private final BiConsumer<SpooledMail, Optional<MessageContent>> onJoined;
  private boolean joining;

  /**
   * Prepares.
   *
   * @param onJoined is told each message that is in its queues now, before they are pumped, without
   *     its content
   */
  Arrivals(
      QueuePorts ports,
      HopQueues queues,
      Claims claims,
      Journal journal,
      Dispatcher dispatcher,
      BiConsumer<SpooledMail, Optional<MessageContent>> onJoined) {
    this.ports = ports;
    this.queues = queues;
    this.claims = claims;
    this.journal = journal;
    this.dispatcher = dispatcher;
    this.onJoined = onJoined;
  }

  /** Lets all that is arriving join its queues, a page at a time. */
  void look() {
    if (!queues.isOpen() || joining) {
      return;
    }
    try {
      List<SpooledMail> page = ports.spool().arriving(PAGE);
      // All reading is done before anything changes.
      page.forEach(this::findQueues);
      if (!page.isEmpty()) {
        join(page);
      }
    } catch (UncheckedIOException e) {
      log.warn("mail that other nodes took cannot be read, trying again: {}", e.toString());
    }
  }

  private void findQueues(SpooledMail mail) {
    mail.entries().forEach(entry -> queues.findOrRead(entry.queue(), ports.spool()));
  }

  private void join(List<SpooledMail> page) {
    Instant now = ports.now();
    Transaction transaction = new Transaction();
    List<SpooledMail> joined = page.stream().map(mail -> join(mail, now, transaction)).toList();
    joined.forEach(mail -> claims.take(mail.message().id()));
    joining = true;
    journal.write(
        transaction,
        () -> {
          joining = false;
          joined.forEach(mail -> onJoined.accept(mail, Optional.empty()));
          joined.forEach(mail -> claims.release(mail.message().id()));
          queuesOf(joined).forEach(dispatcher::pump);
          look();
        });
  }

  private SpooledMail join(SpooledMail mail, Instant now, Transaction transaction) {
    List<SpooledEntry> entries = new ArrayList<>();
    for (SpooledEntry entry : mail.entries()) {
      entries.add(entry.isArriving() ? join(mail.message(), entry, now, transaction) : entry);
    }
    return new SpooledMail(mail.message(), mail.recipients(), entries);
  }

  private SpooledEntry join(
      SpooledMessage message, SpooledEntry arriving, Instant now, Transaction transaction) {
    HopQueue queue = queues.of(arriving.queue());
    // The other node's clock may be a little ahead, and its recipients are due by that.
    Instant received = message.received();
    SpooledEntry entry = Admission.entry(message, queue, received.isAfter(now) ? received : now);
    transaction.add(new Change.JoinQueue(entry));
    queue.joined();
    return entry;
  }

  private List<HopQueue> queuesOf(List<SpooledMail> joined) {
    return joined.stream()
        .flatMap(mail -> mail.entries().stream())
        .map(entry -> queues.of(entry.queue()))
        .distinct()
        .toList();
  }
}
