package io.github.mailflowlab.queue.spool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection for reading, with the statements that it ran last: to prepare one takes longer than
 * to run it. For one thread at a time.
 */
final class Reader implements AutoCloseable {
  private static final int MAX_STATEMENTS = 64;

  private final Connection connection;

  /** The one used longest ago first. */
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

  Reader(Connection connection) {
    this.connection = connection;
  }

  <T> List<T> list(String sql, Readers.Binding binding, Readers.Reading<T> reading)
      throws SQLException {
    PreparedStatement statement = statement(sql);
    binding.bind(new Parameters(statement));
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      Row row = new Row(result);
      while (result.next()) {
        rows.add(reading.read(row));
      }
    }
    return rows;
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (statements.size() == MAX_STATEMENTS) {
      Iterator<PreparedStatement> oldest = statements.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    PreparedStatement made = connection.prepareStatement(sql);
    statements.put(sql, made);
    return made;
  }

  /** Its statements go with it. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
