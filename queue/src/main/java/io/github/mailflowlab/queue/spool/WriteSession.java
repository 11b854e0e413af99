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

  @Override
  public void close() throws SQLException, IOException {
    try (connection) {
      log.close();
    }
  }
}
