package io.github.mailflowlab.queue.spool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How connections to a database are made. What is said over them is the same for all databases, so
 * it is written in the SQL that all of them understand.
 */
interface Database {
  /** One that writes, in transactions: a commit that returned is on stable storage. */
  Connection openWriter() throws SQLException;

  /** One that only reads, and sees what is committed. */
  Connection openReader() throws SQLException;

  /**
   * A name for the transaction that a connection is in, by which {@link #isCommitted} knows it.
   * Empty where a commit that fails has made nothing.
   */
  default Optional<String> transaction(Connection writer) throws SQLException {
    return Optional.empty();
  }

  /** Whether a transaction was committed of which another connection had no answer. */
  default boolean isCommitted(Connection writer, String transaction) throws SQLException {
    return false;
  }
}
