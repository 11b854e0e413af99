package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
  private final Consumer<SpooledMail> onJoined;
  private boolean joining;

  /**
   * Prepares.
   *
   * @param onJoined is told each message that is in its queues now
   */
  Arrivals(
      QueuePorts ports,
      HopQueues queues,
      Claims claims,
      Journal journal,
      Dispatcher dispatcher,
      Consumer<SpooledMail> onJoined) {
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
      List<SpooledMail> page =
          ports.spool().arriving(PAGE).stream()
              .map(ports.spool()::mail)
              .flatMap(Optional::stream)
              .toList();
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
    Set<HopQueue> joined = new LinkedHashSet<>();
    for (SpooledMail mail : page) {
      claims.take(mail.message().id());
      mail.entries().stream()
          .filter(SpooledEntry::isArriving)
          .forEach(entry -> joined.add(join(mail, entry, now, transaction)));
    }
    joining = true;
    journal.write(
        transaction,
        () -> {
          joining = false;
          page.forEach(mail -> claims.release(mail.message().id()));
          page.forEach(onJoined);
          joined.forEach(this::goOn);
          look();
        });
  }

  private HopQueue join(
      SpooledMail mail, SpooledEntry entry, Instant now, Transaction transaction) {
    HopQueue queue = queues.of(entry.queue());
    // The other node's clock may be a little ahead, and its recipients are due by that.
    Instant received = mail.message().received();
    transaction.add(
        new Change.JoinQueue(
            Admission.entry(mail.message(), queue, received.isAfter(now) ? received : now)));
    queue.joined();
    return queue;
  }

  private void goOn(HopQueue queue) {
    queue.lookIntoSpool();
    queue.lookForLater();
    dispatcher.pump(queue);
  }
}
