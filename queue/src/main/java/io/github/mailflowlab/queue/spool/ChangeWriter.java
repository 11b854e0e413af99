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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Turns changes into SQL on one connection. Confined to the writer's thread. */
final class ChangeWriter {
  private static final int CHUNK_SIZE = 64 * 1024;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  ChangeWriter(Connection connection) {
    this.connection = connection;
  }

  void write(Change change) throws SQLException, IOException {
    if (change instanceof Change.StoreQueue queue) {
      queue(queue.queue());
    } else if (change instanceof Change.StoreMessage store) {
      message(store.mail(), store.content());
    } else if (change instanceof Change.UpdateRecipient update) {
      recipient(update.message(), update.recipient());
    } else if (change instanceof Change.UpdateEntry update) {
      moveEntry(update.entry());
    } else if (change instanceof Change.Settle settle) {
      settle(settle.message());
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
    } else if (change instanceof Change.PutSetting put) {
      run("INSERT OR REPLACE INTO setting VALUES (?, ?)", p -> p.text(put.key()).text(put.value()));
    } else {
      throw new AssertionError(change);
    }
  }

  private void queue(SpooledQueue queue) throws SQLException {
    run(
        """
        INSERT INTO queue (number, connector, mx_domain, retrying, probes, retry_count, last_retry,
          next_retry, error_time, error_condition, error_status, error_reply, error_detail,
          error_server, error_ip, error_port)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET
          retrying = excluded.retrying, probes = excluded.probes,
          retry_count = excluded.retry_count, last_retry = excluded.last_retry,
          next_retry = excluded.next_retry, error_time = excluded.error_time,
          error_condition = excluded.error_condition, error_status = excluded.error_status,
          error_reply = excluded.error_reply, error_detail = excluded.error_detail,
          error_server = excluded.error_server, error_ip = excluded.error_ip,
          error_port = excluded.error_port""",
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
    run(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
      recipient(message.id(), recipient);
    }
    for (SpooledEntry entry : mail.entries()) {
      newEntry(entry);
    }
    body(message.id(), content);
  }

  private void recipient(String message, SpooledRecipient recipient) throws SQLException {
    run(
        """
        INSERT OR REPLACE INTO recipient
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        p ->
            p.text(message)
                .number(recipient.position())
                .text(recipient.address().toString())
                .number(recipient.queue())
                .number(recipient.state().stored())
                .number(recipient.failures())
                .instant(recipient.nextAttempt())
                .text(recipient.code())
                .text(recipient.text())
                .error(recipient.lastError())
                .text(notifyOf(recipient.dsn()))
                .text(recipient.dsn().orcpt().map(OriginalRecipient::value)));
  }

  private static Optional<String> notifyOf(RecipientDsn dsn) {
    return dsn.notifyOf().isEmpty()
        ? Optional.empty()
        : Optional.of(
            dsn.notifyOf().stream().sorted().map(Notify::name).collect(Collectors.joining(",")));
  }

  private void newEntry(SpooledEntry entry) throws SQLException {
    run(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        p ->
            p.text(entry.message())
                .number(entry.queue())
                .instant(entry.received())
                .instant(entry.expires())
                .instant(entry.nextAttempt())
                .number(entry.attempts())
                .number(entry.joinedProbes())
                .number(entry.leftProbes()));
    run("UPDATE queue SET messages = messages + 1 WHERE number = ?", p -> p.number(entry.queue()));
  }

  private void moveEntry(SpooledEntry entry) throws SQLException {
    int moved =
        run(
            """
            UPDATE entry SET next_attempt = ?, attempts = ?, left_probes = ?
            WHERE message = ? AND queue = ? AND next_attempt IS NOT NULL""",
            p ->
                p.instant(entry.nextAttempt())
                    .number(entry.attempts())
                    .number(entry.leftProbes())
                    .text(entry.message())
                    .number(entry.queue()));
    if (moved == 1 && !entry.isOpen()) {
      run(
          "UPDATE queue SET messages = messages - 1 WHERE number = ?",
          p -> p.number(entry.queue()));
    }
  }

  private void settle(String message) throws SQLException {
    run(
        """
        UPDATE message
        SET state = (SELECT max(state) FROM recipient WHERE message = id)
        WHERE id = ? AND NOT EXISTS (SELECT 1 FROM recipient WHERE message = id AND state = 0)""",
        p -> p.text(message));
  }

  private void mailboxItem(MailboxItem item, Optional<MessageContent> content)
      throws SQLException, IOException {
    run(
        "INSERT INTO mailbox VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
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
    run(
        "INSERT INTO event VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
      for (byte[] octets = in.readNBytes(CHUNK_SIZE);
          octets.length > 0;
          octets = in.readNBytes(CHUNK_SIZE)) {
        chunk(id, number++, octets);
        size += octets.length;
      }
    }
    if (size != content.size()) {
      throw new IOException("content: " + size + " octets (expected: " + content.size() + ")");
    }
    long length = size;
    run("INSERT INTO body VALUES (?, ?)", p -> p.text(id).number(length));
  }

  private void chunk(String body, long number, byte[] octets) throws SQLException {
    run(
        "INSERT INTO chunk VALUES (?, ?, ?, ?)",
        p -> p.text(body).number(number).number(SpooledContent.crc(octets)).octets(octets));
  }

  private int run(String sql, Readers.Binding binding) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    binding.bind(new Parameters(statement));
    return statement.executeUpdate();
  }
}
