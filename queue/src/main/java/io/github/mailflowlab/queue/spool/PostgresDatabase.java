package io.github.mailflowlab.queue.spool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A schema in a PostgreSQL database. Whoever writes holds an advisory lock in it for as long as its
 * connection lives, so that there is one instance at a time, and none that others take for dead.
 */
record PostgresDatabase(PostgresUrl url) implements Database {
  /** What a query may take at most; whatever takes longer is taken for a dead connection. */
  private static final String TIMEOUT_SECONDS = "30";

  private static final String CONNECT_TIMEOUT_SECONDS = "5";

  /** The server shall soon notice that we are gone, and let go of the lock. */
  private static final String KEEPALIVE =
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2";

  private static final String LOCK =
      "SELECT pg_try_advisory_lock(hashtext('mailflow'), hashtext(current_schema()))";

  @Override
  public Connection openWriter() throws SQLException {
    return open(
        (connection, statement) -> {
          // A server may be told to answer before the disk has it, but not to us.
          statement.execute("SET synchronous_commit = on");
          statement.execute(KEEPALIVE);
          lock(statement);
          connection.setAutoCommit(false);
        });
  }

  private static void lock(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(LOCK)) {
      if (!result.next() || !result.getBoolean(1)) {
        throw new SQLException("it is in use by another instance");
      }
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    return open(
        (connection, statement) -> statement.execute("SET default_transaction_read_only = on"));
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
