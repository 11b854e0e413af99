package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where mail is kept. Writing goes through {@link #commit}; reading sees what has been committed.
 * All methods may be called by any thread. Reading may block on a disk, and throws {@link
 * java.io.UncheckedIOException} when the disk fails.
 */
public interface Spool extends AutoCloseable {
  /**
   * Makes all changes, or none of them, in the order of the calls. Never blocks.
   *
   * @return completes on the spool's own thread once the changes are on stable storage, or
   *     exceptionally with a {@link SpoolException} when none of them was made; nobody knows only
   *     where a server went away in the middle, and the spool was closed before it came back
   */
  CompletionStage<Void> commit(List<Change> changes);

  /** How many transactions were made durable since it was opened, each with one flush. */
  long commits();

  /** How far it has come with the commits. */
  WriteProgress progress();

  /** A setting that was put. */
  Optional<String> setting(String key);

  /** Remembers a setting; see {@link #commit}. */
  default CompletionStage<Void> putSetting(String key, String value) {
    return commit(List.of(new Change.PutSetting(key, value)));
  }

  /** The greatest id in use. */
  Optional<String> greatestId();

  /**
   * Which of the nodes on this spool we are, so that what two of them make has different names. No
   * two that run at the same time have the same number, as far as numbers up to 63 can tell.
   */
  default long node() {
    return 0;
  }

  /** Whether other nodes take mail for this spool, too. */
  default boolean isShared() {
    return false;
  }

  /**
   * Whether attempts may begin on what is read here. Not while we cannot be sure that no other node
   * delivers; what was begun before is written if it can be.
   */
  default boolean mayDeliver() {
    return true;
  }

  /** The messages with a place in a queue that is arriving, in order of receipt. */
  List<SpooledMail> arriving(int limit);

  /** All queues, by number. */
  List<SpooledQueue> queues();

  /** The queues and connectors that are held back. */
  Suspensions suspensions();

  /** What waits in a queue. */
  QueueTotals totals(long queue, Instant now);

  /**
   * The messages of a queue that may be tried and are not suspended, the longest due first, then in
   * order of receipt.
   *
   * @param by when they must be due
   * @param now what has expired by then is left out
   */
  List<String> due(long queue, Instant by, Instant now, int limit);

  /** The newest error that a message waiting in a queue met itself. */
  Optional<DatedError> newestMessageError(long queue);

  /** When the next message of a queue becomes due that is not suspended, after this instant. */
  Optional<Instant> nextDue(long queue, Instant after);

  /** The pending messages that have expired, the longest expired first. */
  List<String> expired(Instant by, int limit);

  /** The pending messages whose senders are to be told of a delay, the longest due first. */
  List<String> delayed(Instant by, int limit);

  /** When the next such notice is due, after this instant. */
  Optional<Instant> nextDelay(Instant after);

  /** When the next pending message expires, after this instant. */
  Optional<Instant> nextExpiry(Instant after);

  /** The finished messages with an id less than this one, the oldest first. */
  List<String> finished(String before, int limit);

  /** When the oldest event happened that is in a trace. */
  Optional<Instant> oldestEvent();

  /** The queues to which no entry refers, open or left. Looks at all entries. */
  List<Long> unusedQueues();

  /** A message with its recipients and entries. */
  Optional<SpooledMail> mail(String id);

  /** The messages asked for, the newest first. */
  List<SpooledMail> messages(MessageQuery query);

  /** What happened to a message, and to its queues while it was in them. */
  List<TraceEvent> trace(String message);

  /** The octets of a message, or of a report in a mailbox. */
  Optional<MessageContent> content(String body);

  /** What is in a mailbox, the newest first; only what is older than the item with this id. */
  List<MailboxItem> mailbox(Mailbox address, Optional<String> before, int limit);

  /** What is in all mailboxes, the newest first; only what is older than this item. */
  List<MailboxItem> mailboxes(Optional<MailboxItem.Key> before, int limit);

  /** One mail, in every mailbox that it went to. */
  List<MailboxItem> mailboxItems(String id);

  /** One mail in a mailbox. */
  Optional<MailboxItem> mailboxItem(Mailbox address, String id);

  /** What waits behind a connector; see {@link Backlog.View}. */
  Backlog backlog(String connector, Instant receivedBy, int threshold);

  /** Finishes what was handed in, and closes the files. Blocks. */
  @Override
  void close();
}
