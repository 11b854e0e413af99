package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * A schema in a PostgreSQL database. Whoever writes holds an advisory lock in it for as long as its
 * connection lives, so that there is one instance at a time, and none that others take for dead.
 *
 * <p>An instance that lost its connection may find that another one has had the spool meanwhile;
 * what it remembers is of no use then. So each takes a number when it opens the spool, and makes no
 * connection any more once there is a greater one.
 *
 * @param instance our number; absent before we have one
 */
record PostgresDatabase(PostgresUrl url, OptionalLong instance) implements Database {
  private static final String TAKE_NUMBER =
      """
      INSERT INTO setting (key, value) VALUES ('instance', '1')
      ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(setting.value AS bigint) + 1 AS text)
      RETURNING value""";

  /** What a query may take at most; whatever takes longer is taken for a dead connection. */
  private static final String TIMEOUT_SECONDS = "30";

  private static final String CONNECT_TIMEOUT_SECONDS = "5";

  /** The server shall soon notice that we are gone, and let go of the lock. */
  private static final String KEEPALIVE =
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5;"
          + " SET tcp_keepalives_count = 2; SET tcp_user_timeout = '15s'";

  /** A server lets go of a connection's lock only a moment after the connection was closed. */
  private static final String LOCK_PATIENCE = "SET lock_timeout = '2s'";

  private static final String LOCK =
      "SELECT pg_advisory_lock(hashtext('mailflow'), hashtext(current_schema()))";

  /** The SQLSTATE when another instance has the lock. */
  static final String IN_USE = "55P03";

  @Override
  public Connection openWriter() throws SQLException {
    return open(
        (connection, statement) -> {
          // A server may be told to answer before the disk has it, but not to us.
          statement.execute("SET synchronous_commit = on");
          statement.execute(KEEPALIVE);
          lock(statement);
          requireNoOther(connection);
          connection.setAutoCommit(false);
        });
  }

  private static void lock(Statement statement) throws SQLException {
    statement.execute(LOCK_PATIENCE);
    try {
      statement.execute(LOCK);
    } catch (SQLException e) {
      throw IN_USE.equals(e.getSQLState())
          ? new SQLException("another instance has the spool", IN_USE, e)
          : e;
    }
    statement.execute("RESET lock_timeout");
  }

  /** The same for the instance that we are from now on. Needs the tables, and commits nothing. */
  PostgresDatabase asNextInstance(Connection writer) throws SQLException {
    return new PostgresDatabase(url, OptionalLong.of(Long.parseLong(ask(writer, TAKE_NUMBER))));
  }

  private void requireNoOther(Connection connection) throws SQLException {
    if (instance.isPresent()
        && !ask(connection, "SELECT value FROM setting WHERE key = 'instance'")
            .equals(Long.toString(instance.getAsLong()))) {
      throw new SQLException(
          "another instance has had the spool since; this one must be restarted");
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    return open(
        (connection, statement) -> {
          statement.execute("SET default_transaction_read_only = on");
          requireNoOther(connection);
        });
  }

  @Override
  public Optional<String> transaction(Connection writer) throws SQLException {
    return Optional.of(ask(writer, "SELECT pg_current_xact_id()::text"));
  }

  /** The connection that it was in is gone, for its lock is ours; so it is over. */
  @Override
  public boolean isCommitted(Connection writer, String transaction) throws SQLException {
    return "committed".equals(ask(writer, "SELECT pg_xact_status('" + transaction + "'::xid8)"));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }

  @FunctionalInterface
  private interface Setting {
    void apply(Connection connection, Statement statement) throws SQLException;
  }

  private Connection open(Setting setting) throws SQLException {
    Connection connection = DriverManager.getConnection(url.location(), properties());
    try (Statement statement = connection.createStatement()) {
      setting.apply(connection, statement);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The URL's own parameters go before these. */
  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "mailflow");
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    // Errors are logged, and what was to be stored is nobody's business.
    properties.setProperty("logServerErrorDetail", "false");
    url.password().ifPresent(password -> properties.setProperty("password", password));
    return properties;
  }
}
