package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How connections to a database are made. What is said over them is the same for all databases, so
 * it is written in the SQL that all of them understand.
 */
interface Database {
  /** One that writes, in transactions. */
  Connection openWriter() throws SQLException;

  /** What has to be forced for the commits of a writer that is open to be on stable storage. */
  default CommitLog log() throws IOException {
    return CommitLog.NONE;
  }

  /** One that only reads, and sees what is committed. */
  Connection openReader() throws SQLException;

  /**
   * A name for the transaction that a connection is in, by which {@link #isDurable} knows it. Empty
   * where a commit that fails has made nothing.
   */
  default Optional<String> transaction(Connection writer) throws SQLException {
    return Optional.empty();
  }

  /**
   * Whether a transaction is on stable storage of which another connection had no answer, or whose
   * flush failed. When that cannot be told yet it fails, and is asked again.
   *
   * @param transaction empty where they have no names
   */
  boolean isDurable(Connection writer, Optional<String> transaction) throws SQLException;
}
