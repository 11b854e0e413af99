package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.Backlog;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what waits behind a connector, from its queues' counters and the order of receipt. A
 * message that waits in two queues of one connector (MX-routed, to two domains) counts in each.
 */
record BacklogQuery(Readers readers) {
  private static final String WAITING =
      " FROM entry WHERE next_attempt IS NOT NULL"
          + " AND queue IN (SELECT number FROM queue WHERE connector = ?)";

  Backlog read(String connector, Instant receivedBy, int threshold) {
    return new Backlog(
        connector,
        queued(connector),
        delayed(connector, receivedBy),
        nthOldest(connector, threshold),
        nthOldest(connector, 1),
        lastError(connector).map(DatedError::error));
  }

  private long queued(String connector) {
    return readers
        .first(
            "SELECT coalesce(sum(messages), 0) AS n FROM queue WHERE connector = ?",
            p -> p.text(connector),
            row -> row.number("n"))
        .orElse(0L);
  }

  private long delayed(String connector, Instant receivedBy) {
    return readers
        .first(
            "SELECT count(*) AS n" + WAITING + " AND received <= ?",
            p -> p.text(connector).instant(receivedBy),
            row -> row.number("n"))
        .orElse(0L);
  }

  private Optional<Instant> nthOldest(String connector, int n) {
    return readers.first(
        "SELECT received" + WAITING + " ORDER BY received LIMIT 1 OFFSET ?",
        p -> p.text(connector).number(n - 1),
        row -> row.instant("received"));
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
