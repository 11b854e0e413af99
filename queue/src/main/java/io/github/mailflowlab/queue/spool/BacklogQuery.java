package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.Backlog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what waits behind a connector, from its queues' counters and the order of receipt. A
 * message that waits in two queues of one connector (MX-routed, to two domains) counts in each.
 */
record BacklogQuery(Readers readers) {
  private record Waiting(long queue, long messages) {}

  Backlog read(String connector, Instant receivedBy, int threshold) {
    List<Waiting> waiting = waiting(connector);
    List<Instant> oldest = oldest(waiting, threshold);
    return new Backlog(
        connector,
        waiting.stream().mapToLong(Waiting::messages).sum(),
        waiting.stream().mapToLong(one -> delayed(one.queue(), receivedBy)).sum(),
        oldest.stream().skip(threshold - 1L).findFirst(),
        oldest.stream().findFirst(),
        lastError(connector).map(DatedError::error));
  }

  private List<Waiting> waiting(String connector) {
    return readers.list(
        "SELECT number, messages FROM queue WHERE connector = ? AND messages > 0",
        p -> p.text(connector),
        row -> new Waiting(row.number("number"), row.number("messages")));
  }

  /** Queue by queue, because SQLite would sort all that waits to merge them itself. */
  private List<Instant> oldest(List<Waiting> waiting, int limit) {
    return waiting.stream()
        .flatMap(one -> oldest(one.queue(), limit).stream())
        .sorted()
        .limit(limit)
        .toList();
  }

  private List<Instant> oldest(long queue, int limit) {
    return readers.list(
        """
        SELECT received FROM entry WHERE queue = ? AND next_attempt IS NOT NULL
        ORDER BY received LIMIT ?""",
        p -> p.number(queue).number(limit),
        row -> row.instant("received"));
  }

  private long delayed(long queue, Instant receivedBy) {
    return readers
        .first(
            """
            SELECT count(*) AS n FROM entry
            WHERE queue = ? AND next_attempt IS NOT NULL AND received <= ?""",
            p -> p.number(queue).instant(receivedBy),
            row -> row.number("n"))
        .orElse(0L);
  }

  private Optional<DatedError> lastError(String connector) {
    Optional<DatedError> ofQueue =
        readers
            .first(
                "SELECT * FROM queue WHERE connector = ? AND error_time IS NOT NULL"
                    + " ORDER BY error_time DESC LIMIT 1",
                p -> p.text(connector),
                Row::error)
            .flatMap(error -> error);
    Optional<DatedError> ofMessage =
        readers
            .first(
                "SELECT * FROM recipient WHERE state = 0 AND error_time IS NOT NULL"
                    + " AND queue IN (SELECT number FROM queue WHERE connector = ?)"
                    + " ORDER BY error_time DESC LIMIT 1",
                p -> p.text(connector),
                Row::error)
            .flatMap(error -> error);
    return DatedError.newer(ofQueue, ofMessage);
  }
}
