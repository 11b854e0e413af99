package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL's numbered SQL files that make the schema, and the version in a table of one row. */
final class PostgresSchema {
  static final int VERSION = 5;

  private PostgresSchema() {}

  /** Brings the database to our version, one file and one transaction per step. */
  static void migrate(Connection connection, PostgresUrl spool) throws SQLException, IOException {
    int version = version(connection);
    Schema.requireKnown(version, VERSION, spool);
    if (version == VERSION) {
      return;
    }
    if (!PostgresDatabase.haveAlone(connection)) {
      throw older(version, spool);
    }
    for (int next = version + 1; next <= VERSION; next++) {
      try (Statement statement = connection.createStatement()) {
        new SqlScript("postgres-" + next + ".sql").run(connection);
        statement.executeUpdate("UPDATE schema_version SET version = " + next);
      }
      connection.commit();
    }
    PostgresDatabase.shareAgain(connection);
  }

  /** For who may not change it. */
  static void requireCurrent(Connection connection, PostgresUrl spool)
      throws SQLException, SpoolException {
    int version = version(connection);
    Schema.requireKnown(version, VERSION, spool);
    if (version < VERSION) {
      throw older(version, spool);
    }
  }

  private static SpoolException older(int version, PostgresUrl spool) {
    return new SpoolException(
        "spool "
            + spool
            + " is of the older version "
            + version
            + " and other nodes use it; stop them first");
  }

  /** 0 when there is no spool yet in the schema in which we would create one. */
  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!is(statement, "SELECT to_regclass('schema_version') IS NOT NULL")) {
        return 0;
      }
      try (ResultSet result = statement.executeQuery("SELECT max(version) FROM schema_version")) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private static boolean is(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }
}
