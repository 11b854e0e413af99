package io.github.mailflowlab.queue.spool;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How connections to a database are made. What is said over them is the same for all databases, so
 * it is written in the SQL that all of them understand.
 */
interface Database {
  /** One that writes, in transactions: a commit that returned is on stable storage. */
  Connection openWriter() throws SQLException;

  /** One that only reads, and sees what is committed. */
  Connection openReader() throws SQLException;
}
