package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads messages: one of them, those asked for, and their traces. All threads. */
final class MessageQueries {
  /** Sorts after all ids, where a list begins that may begin anywhere. */
  static final String TOP = "~";

  /** What a recipient shows while pending: the newer of its own error and its queue's. */
  private static final String HAS_CODE =
      """
      EXISTS (SELECT 1 FROM recipient r LEFT JOIN queue q ON q.number = r.queue
              WHERE r.message = m.id AND ? = coalesce(r.code,
                CASE WHEN r.state = 0 THEN
                  CASE WHEN q.error_time > coalesce(r.error_time, 0) THEN q.error_status
                       ELSE r.error_status END
                END))""";

  private static final String HAS_RECIPIENT =
      "EXISTS (SELECT 1 FROM recipient r WHERE r.message = m.id AND lower(r.address) = ?)";

  /** The queues are found once, and not for each message: eight times as fast. */
  private static final String HAS_CONNECTOR =
      "EXISTS (SELECT 1 FROM entry e WHERE e.message = m.id"
          + " AND e.queue IN (SELECT number FROM queue WHERE connector = ?))";

  private static final String IS_SUSPENDED =
      "EXISTS (SELECT 1 FROM entry e WHERE e.message = m.id AND e.suspended = 1)";

  private static final String FROM_ALL = "SELECT m.* FROM message m";
  private static final String BY_ID = " ORDER BY m.id DESC LIMIT ?";

  /** Through the index of what waits, so that a short queue is quick beside a million others. */
  private static final String FROM_QUEUE = "SELECT m.* FROM entry w CROSS JOIN message m";

  private static final String BEFORE_IN_QUEUE =
      """
      m.id = w.message AND w.queue = ? AND w.next_attempt IS NOT NULL
      AND (w.received, w.expires, w.message) < (
        SELECT coalesce(b.received, 9223372036854775807), b.expires, b.id
        FROM (SELECT ? AS id) c LEFT JOIN message b ON b.id = c.id)""";

  private static final String BY_RECEIPT =
      " ORDER BY w.received DESC, w.expires DESC, w.message DESC LIMIT ?";

  private final Readers readers;

  /** A part of a question, and what it asks with. */
  private record Condition(String sql, Readers.Binding binding) {}

  MessageQueries(Readers readers) {
    this.readers = readers;
  }

  Optional<SpooledMail> mail(String id) {
    return complete(
            readers.list("SELECT * FROM message WHERE id = ?", p -> p.text(id), Row::message))
        .stream()
        .findFirst();
  }

  List<SpooledMail> arriving(int limit) {
    return complete(
        readers.list(
            """
            SELECT * FROM message WHERE id IN (
              SELECT DISTINCT message FROM entry
              WHERE next_attempt IS NULL AND left_probes IS NULL ORDER BY message LIMIT ?)
            ORDER BY id""",
            p -> p.number(limit),
            Row::message));
  }

  List<SpooledMail> list(MessageQuery query) {
    List<Condition> conditions = conditions(query);
    String where =
        conditions.stream().map(Condition::sql).collect(Collectors.joining(" AND ", " WHERE ", ""));
    return complete(
        readers.list(
            query.queue().isPresent() ? FROM_QUEUE + where + BY_RECEIPT : FROM_ALL + where + BY_ID,
            p -> {
              for (Condition condition : conditions) {
                condition.binding().bind(p);
              }
              p.number(query.limit());
            },
            Row::message));
  }

  private static List<Condition> conditions(MessageQuery query) {
    List<Condition> conditions = new ArrayList<>();
    String before = query.before().orElse(TOP);
    conditions.add(
        query.queue().isPresent()
            ? new Condition(BEFORE_IN_QUEUE, p -> p.number(query.queue()).text(before))
            : new Condition("m.id < ?", p -> p.text(before)));
    query
        .state()
        .ifPresent(
            state -> conditions.add(new Condition("m.state = ?", p -> p.number(state.stored()))));
    query
        .sender()
        .ifPresent(
            sender ->
                conditions.add(
                    new Condition(
                        "lower(m.reverse_path) = ?",
                        p -> p.text(sender.mailbox().map(Mailbox::key).orElse("")))));
    query
        .recipient()
        .ifPresent(
            address -> conditions.add(new Condition(HAS_RECIPIENT, p -> p.text(address.key()))));
    query
        .connector()
        .ifPresent(
            connector -> conditions.add(new Condition(HAS_CONNECTOR, p -> p.text(connector))));
    query
        .code()
        .ifPresent(code -> conditions.add(new Condition(HAS_CODE, p -> p.text(Optional.of(code)))));
    query
        .receivedBy()
        .ifPresent(by -> conditions.add(new Condition("m.received <= ?", p -> p.instant(by))));
    query
        .receivedSince()
        .ifPresent(
            since -> conditions.add(new Condition("m.received >= ?", p -> p.instant(since))));
    query
        .suspended()
        .ifPresent(
            suspended ->
                conditions.add(new Condition((suspended ? "" : "NOT ") + IS_SUSPENDED, p -> {})));
    return conditions;
  }

  List<TraceEvent> trace(String message) {
    return readers.list(
        """
        SELECT * FROM event WHERE message = ?
        UNION ALL
        SELECT v.* FROM entry e JOIN event v ON v.queue = e.queue AND v.probe > e.joined_probes
        WHERE e.message = ? AND (e.left_probes IS NULL OR v.probe <= e.left_probes)
        UNION ALL
        SELECT v.* FROM entry e JOIN event v ON v.queue = e.queue AND v.probe IS NULL
        WHERE e.message = ?
          AND v.number > (SELECT min(number) FROM event WHERE message = e.message)
          AND (e.left_probes IS NULL
            OR v.number < (SELECT max(number) FROM event WHERE message = e.message))
        ORDER BY number""",
        p -> p.text(message).text(message).text(message),
        Row::event);
  }

  /** With all that belongs to them, in two questions however many they are. */
  private List<SpooledMail> complete(List<SpooledMessage> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Map<String, List<SpooledRecipient>> recipients =
        belonging("recipient", "position", messages, Row::recipient);
    Map<String, List<SpooledEntry>> entries = belonging("entry", "queue", messages, Row::entry);
    return messages.stream()
        .map(
            message ->
                new SpooledMail(
                    message,
                    recipients.getOrDefault(message.id(), List.of()),
                    entries.getOrDefault(message.id(), List.of())))
        .toList();
  }

  private <T> Map<String, List<T>> belonging(
      String table, String order, List<SpooledMessage> messages, Readers.Reading<T> reading) {
    int places = places(messages.size());
    String sql =
        "SELECT * FROM "
            + table
            + " WHERE message IN (?"
            + ", ?".repeat(places - 1)
            + ") ORDER BY message, "
            + order;
    return readers
        .list(
            sql,
            p -> {
              for (int i = 0; i < places; i++) {
                p.text(messages.get(Math.min(i, messages.size() - 1)).id());
              }
            },
            row -> Map.entry(row.text("message"), reading.read(row)))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Some sizes only, so that few statements are prepared; what is left over is asked for twice. */
  private static int places(int messages) {
    int places = 1;
    while (places < messages) {
      places *= 4;
    }
    return places;
  }
}
