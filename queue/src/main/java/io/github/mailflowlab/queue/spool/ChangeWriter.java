package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Turns changes into SQL on one connection. Nothing but content is sent before {@link #flush}; then
 * all changes are, kind by kind as {@link WriteSql} orders them. Confined to the writer's thread.
 */
final class ChangeWriter {
  private static final int CHUNK_SIZE = 64 * 1024;

  /** Chunks held back, so that a large mail never lies in memory as a whole. */
  private static final int MAX_CHUNKS = 16;

  /** What goes with a message. */
  private static final List<WriteSql> OF_MESSAGE =
      List.of(
          WriteSql.DELETE_EVENTS_OF_MESSAGE,
          WriteSql.DELETE_RECIPIENTS,
          WriteSql.DELETE_ENTRIES,
          WriteSql.DELETE_CHUNKS,
          WriteSql.DELETE_BODY,
          WriteSql.DELETE_MESSAGE);

  private final Batch batch;

  /** The queues of the entries that are moved, in order; empty for those that stay in theirs. */
  private final List<OptionalLong> leaving = new ArrayList<>();

  /** By how much the queues' counters change. */
  private final Map<Long, Long> counts = new HashMap<>();

  /**
   * The states that are replaced as a whole, the last of each. PostgreSQL takes no row twice in one
   * statement, into which its driver puts many.
   */
  private final Map<State, Change> states = new LinkedHashMap<>();

  private int chunks;

  private record State(Class<? extends Change> kind, Object of) {}

  ChangeWriter(Connection connection) {
    this.batch = new Batch(connection);
  }

  void write(Change change) throws SQLException, IOException {
    if (change instanceof Change.StoreQueue queue) {
      states.put(new State(Change.StoreQueue.class, queue.queue().number()), queue);
    } else if (change instanceof Change.AddQueue add) {
      states.put(new State(Change.AddQueue.class, add.queue().number()), add);
    } else if (change instanceof Change.StoreMessage store) {
      message(store.mail(), store.content());
    } else if (change instanceof Change.UpdateRecipient update) {
      recipient(update.message(), update.recipient());
    } else if (change instanceof Change.UpdateEntry update) {
      moveEntry(update.entry());
    } else if (change instanceof Change.JoinQueue join) {
      newEntry(WriteSql.JOIN_ENTRY, join.entry());
    } else if (change instanceof Change.SuspendQueue suspend) {
      states.put(new State(Change.SuspendQueue.class, suspend.queue()), suspend);
    } else if (change instanceof Change.SuspendConnector suspend) {
      states.put(new State(Change.SuspendConnector.class, suspend.connector()), suspend);
    } else if (change instanceof Change.PlanDelayNotice plan) {
      batch.add(WriteSql.PLAN_DELAY_NOTICE, p -> p.instant(plan.due()).text(plan.message()));
    } else if (change instanceof Change.Settle settle) {
      batch.add(WriteSql.SETTLE, p -> p.text(settle.message()));
    } else if (change instanceof Change.StoreMailboxItem item) {
      mailboxItem(item.item(), item.content());
    } else if (change instanceof Change.MessageEvent event) {
      event(
          Optional.of(event.message()), OptionalLong.empty(), OptionalLong.empty(), event.event());
    } else if (change instanceof Change.QueueEvent event) {
      event(
          Optional.empty(),
          OptionalLong.of(event.queue()),
          OptionalLong.of(event.probe()),
          event.event());
    } else if (change instanceof Change.QueueOperation event) {
      event(Optional.empty(), OptionalLong.of(event.queue()), OptionalLong.empty(), event.event());
    } else if (change instanceof Change.DeleteMessage delete) {
      for (WriteSql sql : OF_MESSAGE) {
        batch.add(sql, p -> p.text(delete.message()));
      }
    } else if (change instanceof Change.DeleteEvents delete) {
      batch.add(WriteSql.DELETE_EVENTS, p -> p.number(delete.limit()).instant(delete.before()));
    } else if (change instanceof Change.DeleteQueue delete) {
      batch.add(WriteSql.DELETE_EVENTS_OF_QUEUE, p -> p.number(delete.queue()));
      batch.add(WriteSql.DELETE_QUEUE, p -> p.number(delete.queue()));
    } else if (change instanceof Change.PutSetting put) {
      states.put(new State(Change.PutSetting.class, put.key()), put);
    } else {
      throw new AssertionError(change);
    }
  }

  /** Sends what is held back. */
  void flush() throws SQLException {
    for (Change state : states.values()) {
      replace(state);
    }
    states.clear();
    for (WriteSql sql : WriteSql.values()) {
      int[] changed = batch.send(sql);
      if (sql == WriteSql.MOVE_ENTRY) {
        countMessages(changed);
      }
    }
    chunks = 0;
  }

  private void replace(Change state) throws SQLException {
    if (state instanceof Change.StoreQueue queue) {
      queue(WriteSql.STORE_QUEUE, queue.queue());
    } else if (state instanceof Change.AddQueue add) {
      queue(WriteSql.ADD_QUEUE, add.queue());
    } else if (state instanceof Change.SuspendQueue suspend) {
      suspend("queue", Long.toString(suspend.queue()), suspend.suspended());
    } else if (state instanceof Change.SuspendConnector suspend) {
      suspend("connector", suspend.connector(), suspend.suspended());
    } else if (state instanceof Change.PutSetting put) {
      batch.add(WriteSql.PUT_SETTING, p -> p.text(put.key()).text(put.value()));
    } else {
      throw new AssertionError(state);
    }
  }

  /** An entry that had left before is not moved, and not counted again. */
  private void countMessages(int[] moved) throws SQLException {
    for (int i = 0; i < moved.length; i++) {
      if (moved[i] == 1 && leaving.get(i).isPresent()) {
        counts.merge(leaving.get(i).getAsLong(), -1L, Long::sum);
      }
    }
    for (Map.Entry<Long, Long> count : counts.entrySet()) {
      batch.add(WriteSql.COUNT_MESSAGES, p -> p.number(count.getValue()).number(count.getKey()));
    }
    leaving.clear();
    counts.clear();
  }

  private void queue(WriteSql sql, SpooledQueue queue) throws SQLException {
    batch.add(
        sql,
        p ->
            p.number(queue.number())
                .text(queue.nextHop().connector())
                .text(queue.nextHop().mxDomain())
                .flag(queue.retrying())
                .number(queue.probes())
                .number(queue.retryCount())
                .instant(queue.lastRetry())
                .instant(queue.nextRetry())
                .error(queue.lastError()));
  }

  private void message(SpooledMail mail, MessageContent content) throws SQLException, IOException {
    SpooledMessage message = mail.message();
    batch.add(
        WriteSql.NEW_MESSAGE,
        p ->
            p.text(message.id())
                .text(message.messageId())
                .text(message.reversePath().toString())
                .text(message.bodyType().name())
                .text(message.subject())
                .number(message.size())
                .instant(message.received())
                .instant(message.expires())
                .number(message.state().stored())
                .flag(message.smtpUtf8())
                .text(message.ret())
                .text(message.envid().map(EnvelopeId::xtext)));
    for (SpooledRecipient recipient : mail.recipients()) {
      newRecipient(message.id(), recipient);
    }
    for (SpooledEntry entry : mail.entries()) {
      newEntry(WriteSql.NEW_ENTRY, entry);
    }
    body(message.id(), content);
  }

  private void newRecipient(String message, SpooledRecipient recipient) throws SQLException {
    batch.add(
        WriteSql.NEW_RECIPIENT,
        p ->
            state(p, recipient)
                .text(message)
                .number(recipient.position())
                .text(recipient.address().toString())
                .text(notifyOf(recipient.dsn()))
                .text(recipient.dsn().orcpt().map(OriginalRecipient::value)));
  }

  private void recipient(String message, SpooledRecipient recipient) throws SQLException {
    batch.add(
        WriteSql.UPDATE_RECIPIENT,
        p -> state(p, recipient).text(message).number(recipient.position()));
  }

  private static Parameters state(Parameters parameters, SpooledRecipient recipient)
      throws SQLException {
    return parameters
        .number(recipient.queue())
        .number(recipient.state().stored())
        .number(recipient.failures())
        .instant(recipient.nextAttempt())
        .text(recipient.code())
        .text(recipient.text())
        .error(recipient.lastError());
  }

  private static Optional<String> notifyOf(RecipientDsn dsn) {
    return dsn.notifyOf().isEmpty()
        ? Optional.empty()
        : Optional.of(
            dsn.notifyOf().stream().sorted().map(Notify::name).collect(Collectors.joining(",")));
  }

  private void newEntry(WriteSql sql, SpooledEntry entry) throws SQLException {
    batch.add(
        sql,
        p ->
            place(p, entry)
                .instant(entry.received())
                .instant(entry.expires())
                .number(entry.joinedProbes()));
    if (entry.isOpen()) {
      counts.merge(entry.queue(), 1L, Long::sum);
    }
  }

  private void moveEntry(SpooledEntry entry) throws SQLException {
    batch.add(WriteSql.MOVE_ENTRY, p -> place(p, entry));
    leaving.add(entry.isOpen() ? OptionalLong.empty() : OptionalLong.of(entry.queue()));
  }

  private static Parameters place(Parameters parameters, SpooledEntry entry) throws SQLException {
    return parameters
        .instant(entry.nextAttempt())
        .number(entry.attempts())
        .number(entry.leftProbes())
        .flag(entry.suspended())
        .text(entry.message())
        .number(entry.queue());
  }

  private void suspend(String scope, String name, boolean suspended) throws SQLException {
    batch.add(WriteSql.SUSPEND, p -> p.text(scope).text(name).flag(suspended));
  }

  private void mailboxItem(MailboxItem item, Optional<MessageContent> content)
      throws SQLException, IOException {
    batch.add(
        WriteSql.NEW_MAILBOX_ITEM,
        p ->
            p.text(item.id())
                .text(item.address().key())
                .text(item.body())
                .text(item.from().toString())
                .text(item.subject())
                .instant(item.received())
                .flag(item.ndr())
                .text(item.status()));
    if (content.isPresent()) {
      body(item.body(), content.get());
    }
  }

  private void event(
      Optional<String> message, OptionalLong queue, OptionalLong probe, TraceEvent event)
      throws SQLException {
    batch.add(
        WriteSql.NEW_EVENT,
        p ->
            p.text(message)
                .number(queue)
                .number(probe)
                .instant(event.time())
                .text(event.kind().name())
                .text(event.recipient())
                .text(event.code())
                .text(event.detail())
                .text(String.join("\n", event.transcript())));
  }

  private void body(String id, MessageContent content) throws SQLException, IOException {
    long size = 0;
    try (InputStream in = content.open()) {
      long number = 0;
      while (size < content.size()) {
        byte[] octets = new byte[(int) Math.min(CHUNK_SIZE, content.size() - size)];
        int length = in.readNBytes(octets, 0, octets.length);
        size += length;
        if (length < octets.length) {
          throw misjudged(content, size + " octets");
        }
        chunk(id, number++, octets);
      }
      if (in.read() >= 0) {
        throw misjudged(content, "more octets");
      }
    }
    long length = size;
    batch.add(WriteSql.NEW_BODY, p -> p.text(id).number(length));
  }

  private static IOException misjudged(MessageContent content, String found) {
    return new IOException("content: " + found + " (expected: " + content.size() + ")");
  }

  private void chunk(String body, long number, byte[] octets) throws SQLException {
    batch.add(
        WriteSql.NEW_CHUNK,
        p -> p.text(body).number(number).number(SpooledContent.crc(octets)).octets(octets));
    if (++chunks == MAX_CHUNKS) {
      batch.send(WriteSql.NEW_CHUNK);
      chunks = 0;
    }
  }
}
