package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A spool in a database: one thread that writes ({@link GroupCommit}) and a few connections that
 * read ({@link Readers}). What databases differ in, opening them above all, is left to subclasses.
 */
abstract sealed class SqlSpool implements Spool permits SqliteSpool, PostgresSpool {
  private final GroupCommit commits;
  private final Readers readers;
  private final MessageQueries messages;

  SqlSpool(GroupCommit commits, Readers readers) {
    this.commits = commits;
    this.readers = readers;
    this.messages = new MessageQueries(readers);
  }

  @Override
  public CompletionStage<Void> commit(List<Change> changes) {
    return commits.commit(changes);
  }

  @Override
  public long commits() {
    return commits.made();
  }

  @Override
  public WriteProgress progress() {
    return commits.progress();
  }

  @Override
  public Optional<String> setting(String key) {
    return readers.first(
        "SELECT value FROM setting WHERE key = ?", p -> p.text(key), row -> row.text("value"));
  }

  @Override
  public Optional<String> greatestId() {
    return readers
        .first(
            """
            SELECT max(id) AS id FROM
              (SELECT max(id) AS id FROM message UNION ALL SELECT max(id) AS id FROM mailbox) ids""",
            p -> {},
            row -> row.maybeText("id"))
        .flatMap(id -> id);
  }

  @Override
  public List<SpooledMail> arriving(int limit) {
    return messages.arriving(limit);
  }

  @Override
  public List<SpooledQueue> queues() {
    return readers.list("SELECT * FROM queue ORDER BY number", p -> {}, Row::queue);
  }

  @Override
  public Suspensions suspensions() {
    return new Suspensions(
        suspended("queue").map(Long::valueOf).collect(Collectors.toSet()),
        suspended("connector").collect(Collectors.toSet()));
  }

  private Stream<String> suspended(String scope) {
    return readers
        .list(
            "SELECT name FROM suspension WHERE scope = ? AND suspended = 1",
            p -> p.text(scope),
            row -> row.text("name"))
        .stream();
  }

  @Override
  public QueueTotals totals(long queue, Instant now) {
    return readers
        .first(
            """
            SELECT q.messages,
              CASE WHEN q.retrying = 1 THEN 0 ELSE
                (SELECT count(*) FROM entry e
                 WHERE e.queue = q.number AND e.next_attempt IS NOT NULL AND e.suspended = 0
                   AND e.next_attempt > ?)
              END AS waiting,
              o.received, o.expires
            FROM queue q LEFT JOIN
              (SELECT received, expires FROM entry WHERE queue = ? AND next_attempt IS NOT NULL
               ORDER BY received LIMIT 1) o ON 1 = 1
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
        WHERE queue = ? AND next_attempt IS NOT NULL AND suspended = 0 AND next_attempt <= ?
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
        WHERE queue = ? AND next_attempt IS NOT NULL AND suspended = 0 AND next_attempt > ?
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
  public List<String> delayed(Instant by, int limit) {
    return readers.list(
        """
        SELECT id FROM message WHERE state = 0 AND delay_due IS NOT NULL AND delay_due <= ?
        ORDER BY delay_due, id LIMIT ?""",
        p -> p.instant(by).number(limit),
        row -> row.text("id"));
  }

  @Override
  public Optional<Instant> nextDelay(Instant after) {
    return readers.first(
        """
        SELECT delay_due FROM message WHERE state = 0 AND delay_due IS NOT NULL AND delay_due > ?
        ORDER BY delay_due LIMIT 1""",
        p -> p.instant(after),
        row -> row.instant("delay_due"));
  }

  @Override
  public Optional<Instant> nextExpiry(Instant after) {
    return readers.first(
        "SELECT expires FROM message WHERE state = 0 AND expires > ? ORDER BY expires LIMIT 1",
        p -> p.instant(after),
        row -> row.instant("expires"));
  }

  @Override
  public List<String> finished(String before, int limit) {
    return readers.list(
        "SELECT id FROM message WHERE id < ? AND state <> 0 ORDER BY id LIMIT ?",
        p -> p.text(before).number(limit),
        row -> row.text("id"));
  }

  @Override
  public Optional<Instant> oldestEvent() {
    return readers.first(
        "SELECT time FROM event ORDER BY number LIMIT 1", p -> {}, row -> row.instant("time"));
  }

  @Override
  public List<Long> unusedQueues() {
    return readers.list(
        "SELECT number FROM queue WHERE messages = 0 AND number NOT IN (SELECT queue FROM entry)",
        p -> {},
        row -> row.number("number"));
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
        "SELECT * FROM mailbox WHERE address = ? AND id < ? ORDER BY id DESC LIMIT ?",
        p -> p.text(address.key()).text(before.orElse(MessageQueries.TOP)).number(limit),
        Row::mailboxItem);
  }

  @Override
  public List<MailboxItem> mailboxes(Optional<MailboxItem.Key> before, int limit) {
    return readers.list(
        "SELECT * FROM mailbox WHERE (id, address) < (?, ?)"
            + " ORDER BY id DESC, address DESC LIMIT ?",
        p ->
            p.text(before.map(MailboxItem.Key::id).orElse(MessageQueries.TOP))
                .text(before.map(MailboxItem.Key::address).map(Mailbox::key).orElse(""))
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
  }
}
