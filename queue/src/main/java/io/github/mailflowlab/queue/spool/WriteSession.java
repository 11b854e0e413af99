package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection that writes, with what goes with it. Confined to the writer's thread. */
record WriteSession(Connection connection, ChangeWriter writer, CommitLog log)
    implements AutoCloseable {
  WriteSession(Connection connection, CommitLog log) {
    this(connection, new ChangeWriter(connection), log);
  }

  /** Opens both, or neither. */
  static WriteSession open(Database database) throws SQLException, IOException {
    Connection connection = database.openWriter();
    try {
      return new WriteSession(connection, database.log());
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try (connection) {
      log.close();
    }
  }
}
