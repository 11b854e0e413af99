package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.spool.DatedError;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.MessageQuery;
import io.github.mailflowlab.queue.spool.QueueTotals;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledQueue;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.queue.spool.Suspensions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Shows what the spool holds. Reads only what is durable, so all threads may ask. */
record Views(Spool spool, InstantSource clock, Supplier<List<Connector>> connectors) {
  private static final String QUEUE_PREFIX = "q";

  /** The number in a queue's id. */
  static OptionalLong queueNumber(String id) {
    return id.matches(QUEUE_PREFIX + "\\d{1,15}")
        ? OptionalLong.of(Long.parseLong(id.substring(QUEUE_PREFIX.length())))
        : OptionalLong.empty();
  }

  /** The other way round. */
  static String queueId(long number) {
    return QUEUE_PREFIX + number;
  }

  List<QueueView> queues() {
    Suspensions suspensions = spool.suspensions();
    return spool.queues().stream().map(queue -> queue(queue, suspensions)).toList();
  }

  Optional<QueueView> queue(String id) {
    OptionalLong number = queueNumber(id);
    return spool.queues().stream()
        .filter(queue -> number.isPresent() && queue.number() == number.getAsLong())
        .findFirst()
        .map(queue -> queue(queue, spool.suspensions()));
  }

  private QueueView queue(SpooledQueue queue, Suspensions suspensions) {
    Instant now = clock.instant();
    QueueTotals totals = spool.totals(queue.number(), now);
    QueueStatus status = status(queue, totals, suspensions);
    boolean onOwnClocks = status == QueueStatus.ACTIVE && totals.waiting() > 0;
    Optional<DatedError> lastError =
        onOwnClocks ? spool.newestMessageError(queue.number()) : queue.lastError();
    Optional<Instant> nextRetry =
        onOwnClocks ? spool.nextDue(queue.number(), now) : queue.nextRetry();
    return new QueueView(
        queueId(queue.number()),
        queue.nextHop(),
        status,
        totals.messages(),
        queue.retrying() ? totals.messages() : totals.waiting(),
        lastError.map(DatedError::error),
        totals.oldestReceived(),
        queue.lastRetry(),
        nextRetry,
        queue.retryCount(),
        totals.oldestExpires());
  }

  private QueueStatus status(SpooledQueue queue, QueueTotals totals, Suspensions suspensions) {
    boolean usable =
        connectors.get().stream()
            .anyMatch(
                connector ->
                    connector.enabled() && connector.name().equals(queue.nextHop().connector()));
    if (!usable || suspensions.include(queue)) {
      return QueueStatus.SUSPENDED;
    }
    if (queue.retrying()) {
      return QueueStatus.RETRY;
    }
    return totals.messages() > 0 ? QueueStatus.ACTIVE : QueueStatus.READY;
  }

  Page<MessageView> messages(MessageFilter filter, int limit, Optional<String> cursor) {
    Optional<OptionalLong> queue = filter.queueId().map(Views::queueNumber);
    if (queue.isPresent() && queue.get().isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    int size = Page.limit(limit);
    Instant now = clock.instant();
    MessageQuery query =
        new MessageQuery(
            filter.status().map(MessageStatus::state),
            filter.sender(),
            filter.recipient(),
            filter.connector(),
            filter.code(),
            queue.orElse(OptionalLong.empty()),
            filter.olderThan().map(now::minus),
            filter.newerThan().map(now::minus),
            filter.suspended(),
            cursor,
            size + 1);
    Map<Long, SpooledQueue> queues = queuesByNumber();
    List<MessageView> views =
        spool.messages(query).stream().map(mail -> message(mail, queues)).toList();
    return Page.of(views, size, MessageView::id);
  }

  Page<MessageView> delayed(
      String connector, Instant receivedBy, int limit, Optional<String> cursor) {
    String end = MessageIds.leastOf(receivedBy.plusMillis(1));
    MessageFilter waiting =
        MessageFilter.ALL.withStatus(MessageStatus.PENDING).withConnector(connector);
    return messages(
        waiting, limit, Optional.of(cursor.filter(id -> id.compareTo(end) < 0).orElse(end)));
  }

  Optional<MessageView> message(String id) {
    return spool.mail(id).map(mail -> message(mail, queuesByNumber()));
  }

  private Map<Long, SpooledQueue> queuesByNumber() {
    return spool.queues().stream()
        .collect(Collectors.toMap(SpooledQueue::number, Function.identity()));
  }

  private static MessageView message(SpooledMail mail, Map<Long, SpooledQueue> queues) {
    SpooledMessage message = mail.message();
    return new MessageView(
        message.id(),
        message.messageId(),
        message.reversePath(),
        message.subject(),
        message.size(),
        message.received(),
        message.expires(),
        mail.entries().stream()
            .findFirst()
            .flatMap(entry -> Optional.ofNullable(queues.get(entry.queue())))
            .map(queue -> queue.nextHop().connector()),
        mail.isSuspended() ? MessageStatus.SUSPENDED : MessageStatus.of(message.state()),
        mail.entries().stream().mapToInt(entry -> attempts(entry, queues)).max().orElse(0),
        mail.recipients().stream().map(recipient -> recipient(recipient, queues)).toList());
  }

  private static int attempts(SpooledEntry entry, Map<Long, SpooledQueue> queues) {
    SpooledQueue queue = queues.get(entry.queue());
    return entry.attemptsShown(queue == null ? entry.joinedProbes() : queue.probes());
  }

  private static RecipientView recipient(
      SpooledRecipient recipient, Map<Long, SpooledQueue> queues) {
    MessageStatus status = MessageStatus.of(recipient.state());
    if (status != MessageStatus.PENDING) {
      return new RecipientView(
          recipient.address(),
          status,
          recipient.code(),
          recipient.text().filter(text -> status == MessageStatus.FAILED));
    }
    Optional<DatedError> ofQueue =
        recipient.queue().isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(queues.get(recipient.queue().getAsLong()))
                .flatMap(SpooledQueue::lastError);
    Optional<DatedError> last = DatedError.newer(recipient.lastError(), ofQueue);
    return new RecipientView(
        recipient.address(),
        status,
        last.map(dated -> dated.error().status()),
        last.map(dated -> dated.error().toString()));
  }

  Page<MailboxView> mailbox(Mailbox address, int limit, Optional<String> cursor) {
    int size = Page.limit(limit);
    List<MailboxView> views =
        spool.mailbox(address, cursor, size + 1).stream().map(Views::item).toList();
    return Page.of(views, size, MailboxView::id);
  }

  Page<MailboxView> mailboxes(int limit, Optional<String> cursor) {
    int size = Page.limit(limit);
    List<MailboxItem> items = spool.mailboxes(cursor.flatMap(MailboxItem.Key::parse), size + 1);
    Page<MailboxItem> page = Page.of(items, size, item -> item.key().toString());
    return new Page<>(page.items().stream().map(Views::item).toList(), page.nextCursor());
  }

  Optional<MailboxView> mailboxItem(String id) {
    return spool.mailboxItems(id).stream().findFirst().map(Views::item);
  }

  private static MailboxView item(MailboxItem item) {
    return new MailboxView(
        item.id(),
        item.address(),
        item.from(),
        item.subject(),
        item.received(),
        item.ndr(),
        item.status());
  }
}
