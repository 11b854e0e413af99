package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  MessageQueries(Readers readers) {
    this.readers = readers;
  }

  Optional<SpooledMail> mail(String id) {
    return readers
        .first("SELECT * FROM message WHERE id = ?", p -> p.text(id), Row::message)
        .map(this::complete);
  }

  List<SpooledMail> list(MessageQuery query) {
    List<String> conditions = new ArrayList<>();
    conditions.add(query.queue().isPresent() ? BEFORE_IN_QUEUE : "m.id < ?");
    query.state().ifPresent(state -> conditions.add("m.state = ?"));
    query
        .recipient()
        .ifPresent(
            address ->
                conditions.add(
                    "EXISTS (SELECT 1 FROM recipient r WHERE r.message = m.id"
                        + " AND lower(r.address) = ?)"));
    query
        .connector()
        .ifPresent(
            connector ->
                conditions.add(
                    "EXISTS (SELECT 1 FROM entry e JOIN queue q ON q.number = e.queue"
                        + " WHERE e.message = m.id AND q.connector = ?)"));
    query.code().ifPresent(code -> conditions.add(HAS_CODE));
    String where = " WHERE " + String.join(" AND ", conditions);
    return readers
        .list(
            query.queue().isPresent() ? FROM_QUEUE + where + BY_RECEIPT : FROM_ALL + where + BY_ID,
            p -> bind(query, p),
            Row::message)
        .stream()
        .map(this::complete)
        .toList();
  }

  /** In the order of the conditions above. */
  private static void bind(MessageQuery query, Parameters parameters) throws SQLException {
    if (query.queue().isPresent()) {
      parameters.number(query.queue());
    }
    parameters.text(query.before().orElse(TOP));
    if (query.state().isPresent()) {
      parameters.number(query.state().get().stored());
    }
    if (query.recipient().isPresent()) {
      parameters.text(query.recipient().map(Mailbox::key));
    }
    if (query.connector().isPresent()) {
      parameters.text(query.connector());
    }
    if (query.code().isPresent()) {
      parameters.text(query.code());
    }
    parameters.number(query.limit());
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

  private SpooledMail complete(SpooledMessage message) {
    return new SpooledMail(
        message,
        readers.list(
            "SELECT * FROM recipient WHERE message = ? ORDER BY position",
            p -> p.text(message.id()),
            Row::recipient),
        readers.list(
            "SELECT * FROM entry WHERE message = ? ORDER BY queue",
            p -> p.text(message.id()),
            Row::entry));
  }
}
