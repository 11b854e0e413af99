package io.github.mailflowlab.queue.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What a node that does not lead sees of the one that does. For one thread. */
final class LeaderWatch {
  private final PostgresDatabase database;
  private final Duration limit;
  private final LongSupplier nanos;
  private String seen = "";
  private long since;

  /**
   * Has seen nothing yet.
   *
   * @param limit how long a lease lasts that is not renewed
   * @param nanos as {@link System#nanoTime}
   */
  LeaderWatch(PostgresDatabase database, Duration limit, LongSupplier nanos) {
    this.database = database;
    this.limit = limit;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /**
   * Whether nobody leads, or nobody any more: a leader that does not renew its lease is deposed.
   *
   * @param lease as it is now
   */
  boolean isVacant(String lease) throws SQLException {
    long now = nanos.getAsLong();
    if (!lease.equals(seen)) {
      seen = lease;
      since = now;
    }
    if (!database.isLed()) {
      return true;
    }
    if (now - since < limit.toNanos()) {
      return false;
    }
    database.depose(Lease.Text.parse(lease).map(Lease.Text::term).orElse(0L));
    // The next one has its own time to renew it.
    since = now;
    return true;
  }
}
