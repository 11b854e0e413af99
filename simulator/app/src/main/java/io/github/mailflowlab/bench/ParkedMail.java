package io.github.mailflowlab.bench;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledQueue;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Mail that waits in one queue, written straight into a spool in large transactions: as the engine
 * would have stored it, a thousand in each millisecond before now.
 */
record ParkedMail(String connector, Instant now, int messages, int size) {
  static final long QUEUE = 1;
  static final Mailbox SENDER = Mailbox.of("bench@bench.example");

  private static final Duration EXPIRY = Duration.ofHours(24);
  private static final int PER_MILLISECOND = 1000;

  /** Of the engine's ids: the millisecond, this many bits of a counter, base 36, so wide. */
  private static final int COUNTER_BITS = 12;

  private static final int ID_WIDTH = 11;

  private static final int MESSAGES_AT_ONCE = 1000;
  private static final int TRANSACTIONS_AT_ONCE = 4;

  /** Writes all of it. Blocks. */
  void fill(Spool spool) {
    spool.commit(List.of(new Change.StoreQueue(queue()))).toCompletableFuture().join();
    MessageContent content = BenchMail.ofSize(size);
    Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    for (int first = 0; first < messages; first += MESSAGES_AT_ONCE) {
      List<Change> changes = new ArrayList<>();
      for (int i = first; i < Math.min(messages, first + MESSAGES_AT_ONCE); i++) {
        changes.addAll(stored(i, content));
      }
      underWay.add(spool.commit(changes).toCompletableFuture());
      if (underWay.size() > TRANSACTIONS_AT_ONCE) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
  }

  /** The queue of all of them, of whose next hop nothing is known. */
  SpooledQueue queue() {
    return new SpooledQueue(
        QUEUE,
        new NextHop(connector, Optional.empty()),
        false,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What is written when the message of this number, from 0, is accepted. */
  List<Change> stored(int number, MessageContent content) {
    SpooledMail mail = mail(number, content.size());
    return List.of(
        new Change.StoreMessage(mail, content),
        event(mail, TraceEvent.Kind.RECEIVE, "Received from " + SENDER),
        event(mail, TraceEvent.Kind.SUBMIT, "Queued for connector '" + connector + "'"));
  }

  static Change event(SpooledMail mail, TraceEvent.Kind kind, String detail) {
    return new Change.MessageEvent(
        mail.message().id(),
        new TraceEvent(
            mail.message().received(),
            kind,
            Optional.empty(),
            Optional.empty(),
            detail,
            List.of()));
  }

  SpooledMail mail(int number, long octets) {
    Instant first = now.minusMillis((messages - 1) / PER_MILLISECOND);
    Instant received = first.plusMillis(number / PER_MILLISECOND);
    String id = id(received, number % PER_MILLISECOND);
    SpooledMessage message =
        new SpooledMessage(
            id,
            "<" + id + "@bench.example>",
            ReversePath.of(SENDER),
            BodyType.SEVEN_BIT,
            false,
            Optional.empty(),
            Optional.empty(),
            "",
            octets,
            received,
            received.plus(EXPIRY),
            RecipientState.PENDING);
    Mailbox recipient = Mailbox.of("user" + number + "@parked.example");
    return new SpooledMail(
        message,
        List.of(SpooledRecipient.queued(0, recipient, RecipientDsn.NONE, QUEUE, received)),
        List.of(entry(message)));
  }

  private static SpooledEntry entry(SpooledMessage message) {
    return new SpooledEntry(
        message.id(),
        QUEUE,
        message.received(),
        message.expires(),
        Optional.of(message.received()),
        0,
        0,
        OptionalLong.empty());
  }

  private String id(Instant received, int counter) {
    String digits =
        Long.toString((received.toEpochMilli() << COUNTER_BITS) + counter, Character.MAX_RADIX);
    return "0".repeat(Math.max(0, ID_WIDTH - digits.length())) + digits;
  }
}
