package io.github.mailflowlab.queue.spool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The statements of a transaction, held back until they are sent kind by kind: over a network each
 * sending is a round trip. Confined to the writer's thread.
 */
final class Batch {
  private static final int[] NOTHING = {};

  private final Connection connection;
  private final Map<WriteSql, PreparedStatement> statements = new EnumMap<>(WriteSql.class);
  private final Set<WriteSql> waiting = EnumSet.noneOf(WriteSql.class);

  Batch(Connection connection) {
    this.connection = connection;
  }

  void add(WriteSql sql, Readers.Binding binding) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql.text());
      statements.put(sql, statement);
    }
    binding.bind(new Parameters(statement));
    statement.addBatch();
    waiting.add(sql);
  }

  /** Sends what there is of one kind; returns how many rows each changed, in order of adding. */
  int[] send(WriteSql sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    return statement != null && waiting.remove(sql) ? statement.executeBatch() : NOTHING;
  }
}
