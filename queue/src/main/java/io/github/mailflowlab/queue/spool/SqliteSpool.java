package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in one SQLite database: write-ahead log, each commit flushed, one thread that writes
 * ({@link GroupCommit}) and a few connections that read ({@link Readers}). The schema with its
 * comments is {@code schema-1.sql} beside this class; anybody can look with {@code sqlite3
 * spool.db}. Where a list may begin anywhere, {@code x''} stands for its top: SQLite sorts octets
 * after all text.
 */
public final class SqliteSpool implements Spool {
  private static final Logger log = LoggerFactory.getLogger(SqliteSpool.class);

  private final SpoolDirectory directory;
  private final GroupCommit commits;
  private final Readers readers;
  private final MessageQueries messages;

  private SqliteSpool(SpoolDirectory directory, GroupCommit commits, Readers readers) {
    this.directory = directory;
    this.commits = commits;
    this.readers = readers;
    this.messages = new MessageQueries(readers);
  }

  /**
   * Opens the spool in a directory, which is created when missing.
   *
   * @throws SpoolException when it is not writable, in use by another instance, or of a newer
   *     version or damaged (then nothing is touched)
   */
  public static SqliteSpool open(Path directory) throws SpoolException {
    checkDatabase(directory);
    SpoolDirectory locked = SpoolDirectory.open(directory);
    try {
      return open(locked);
    } catch (IOException | SQLException e) {
      abandon(locked);
      throw refusal(directory, e);
    }
  }

  /** Before the directory is locked, which would already write. */
  private static void checkDatabase(Path directory) throws SpoolException {
    try {
      Schema.checkFile(SpoolDirectory.database(directory));
    } catch (IOException e) {
      throw refusal(directory, e);
    }
  }

  private static SpoolException refusal(Path directory, Exception cause) {
    if (cause instanceof SpoolException own) {
      return own;
    }
    String reason =
        cause instanceof IOException trouble
            ? DiskTrouble.inWords(trouble)
            : String.valueOf(cause.getMessage());
    return new SpoolException("spool " + directory + " cannot be opened: " + reason, cause);
  }

  private static SqliteSpool open(SpoolDirectory directory) throws IOException, SQLException {
    Path file = directory.database();
    Database database = new Database(file);
    Connection connection = database.openWriter();
    try {
      Schema.migrate(connection, file);
    } catch (IOException | SQLException e) {
      connection.close();
      throw e;
    }
    GroupCommit commits = new GroupCommit(database, connection);
    commits.start();
    return new SqliteSpool(directory, commits, new Readers(database));
  }

  @Override
  public CompletionStage<Void> commit(List<Change> changes) {
    return commits.commit(changes);
  }

  @Override
  public Optional<String> setting(String key) {
    return readers.first(
        "SELECT value FROM setting WHERE key = ?", p -> p.text(key), row -> row.text("value"));
  }

  @Override
  public Optional<String> greatestId() {
    return readers.first(
        """
        SELECT max(id) AS id FROM
          (SELECT max(id) AS id FROM message UNION ALL SELECT max(id) FROM mailbox)
        HAVING id IS NOT NULL""",
        p -> {},
        row -> row.text("id"));
  }

  @Override
  public List<SpooledQueue> queues() {
    return readers.list("SELECT * FROM queue ORDER BY number", p -> {}, Row::queue);
  }

  @Override
  public QueueTotals totals(long queue, Instant now) {
    return readers
        .first(
            """
            SELECT q.messages,
              (SELECT count(*) FROM entry e
               WHERE e.queue = q.number AND e.next_attempt IS NOT NULL AND e.next_attempt > ?)
              AS waiting,
              o.received, o.expires
            FROM queue q LEFT JOIN
              (SELECT received, expires FROM entry WHERE queue = ? AND next_attempt IS NOT NULL
               ORDER BY received LIMIT 1) o
            WHERE q.number = ?""",
            p -> p.instant(now).number(queue).number(queue),
            row ->
                new QueueTotals(
                    row.number("messages"),
                    row.number("waiting"),
                    row.maybeInstant("received"),
                    row.maybeInstant("expires")))
        .orElse(new QueueTotals(0, 0, Optional.empty(), Optional.empty()));
  }

  @Override
  public List<String> due(long queue, Instant by, Instant now, int limit) {
    return readers.list(
        """
        SELECT message FROM entry
        WHERE queue = ? AND next_attempt IS NOT NULL AND next_attempt <= ?
          AND expires > ? AND next_attempt < expires
        ORDER BY next_attempt, message LIMIT ?""",
        p -> p.number(queue).instant(by).instant(now).number(limit),
        row -> row.text("message"));
  }

  @Override
  public Optional<DatedError> newestMessageError(long queue) {
    return readers
        .first(
            """
            SELECT * FROM recipient
            WHERE queue = ? AND state = 0 AND error_time IS NOT NULL
            ORDER BY error_time DESC LIMIT 1""",
            p -> p.number(queue),
            Row::error)
        .flatMap(error -> error);
  }

  @Override
  public Optional<Instant> nextDue(long queue, Instant after) {
    return readers.first(
        """
        SELECT next_attempt FROM entry
        WHERE queue = ? AND next_attempt IS NOT NULL AND next_attempt > ?
          AND next_attempt < expires
        ORDER BY next_attempt LIMIT 1""",
        p -> p.number(queue).instant(after),
        row -> row.instant("next_attempt"));
  }

  @Override
  public List<String> expired(Instant by, int limit) {
    return readers.list(
        "SELECT id FROM message WHERE state = 0 AND expires <= ? ORDER BY expires, id LIMIT ?",
        p -> p.instant(by).number(limit),
        row -> row.text("id"));
  }

  @Override
  public Optional<Instant> nextExpiry(Instant after) {
    return readers.first(
        "SELECT expires FROM message WHERE state = 0 AND expires > ? ORDER BY expires LIMIT 1",
        p -> p.instant(after),
        row -> row.instant("expires"));
  }

  @Override
  public Optional<SpooledMail> mail(String id) {
    return messages.mail(id);
  }

  @Override
  public List<SpooledMail> messages(MessageQuery query) {
    return messages.list(query);
  }

  @Override
  public List<TraceEvent> trace(String message) {
    return messages.trace(message);
  }

  @Override
  public Optional<MessageContent> content(String body) {
    return readers.first(
        "SELECT size FROM body WHERE id = ?",
        p -> p.text(body),
        row -> new SpooledContent(readers, body, row.number("size")));
  }

  @Override
  public List<MailboxItem> mailbox(Mailbox address, Optional<String> before, int limit) {
    return readers.list(
        "SELECT * FROM mailbox WHERE address = ? AND id < coalesce(?, x'')"
            + " ORDER BY id DESC LIMIT ?",
        p -> p.text(address.key()).text(before).number(limit),
        Row::mailboxItem);
  }

  @Override
  public List<MailboxItem> mailboxes(Optional<MailboxItem.Key> before, int limit) {
    return readers.list(
        "SELECT * FROM mailbox WHERE (id, address) < (coalesce(?, x''), ?)"
            + " ORDER BY id DESC, address DESC LIMIT ?",
        p ->
            p.text(before.map(MailboxItem.Key::id))
                .text(before.map(MailboxItem.Key::address).map(Mailbox::key))
                .number(limit),
        Row::mailboxItem);
  }

  @Override
  public List<MailboxItem> mailboxItems(String id) {
    return readers.list(
        "SELECT * FROM mailbox WHERE id = ? ORDER BY address", p -> p.text(id), Row::mailboxItem);
  }

  @Override
  public Optional<MailboxItem> mailboxItem(Mailbox address, String id) {
    return readers.first(
        "SELECT * FROM mailbox WHERE address = ? AND id = ?",
        p -> p.text(address.key()).text(id),
        Row::mailboxItem);
  }

  @Override
  public Backlog backlog(String connector, Instant receivedBy, int threshold) {
    return new BacklogQuery(readers).read(connector, receivedBy, threshold);
  }

  @Override
  public void close() {
    commits.close();
    readers.close();
    close(directory);
  }

  private static void abandon(SpoolDirectory directory) {
    try {
      directory.abandon();
    } catch (IOException e) {
      log.warn("spool lock could not be taken back: {}", e.toString());
    }
  }

  private static void close(SpoolDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("spool lock did not close cleanly: {}", e.toString());
    }
  }
}
