package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * A schema in a PostgreSQL database, as one of the nodes on it sees it. Any number of them take
 * mail for it, and one leads: it delivers and keeps the queues. Whoever leads writes over a
 * connection that holds an advisory lock for as long as it lives, so whatever it writes is written
 * by the one who has the lock, and there is nothing to clean up after a crash.
 *
 * <p>A leader that lost its connection may find that another one has led meanwhile; what it
 * remembers is of no use then. So each takes a number when it begins to lead, and makes no
 * connection any more once there is a greater one.
 *
 * @param term the number since when we lead; absent while we do not, or have none yet
 * @param leads whether whoever writes has to hold the lock
 */
record PostgresDatabase(PostgresUrl url, boolean leads, OptionalLong term) implements Database {
  /** Counts those who lead. */
  private static final String TERM = "instance";

  /** Counts the nodes that have come. */
  private static final String NODE = "node";

  /** What the leader says again and again; see {@link Lease}. */
  static final String LEASE = "lease";

  private static final String COUNT =
      """
      INSERT INTO setting (key, value) VALUES (?, '1')
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

  /** Every node has this one, together with the others; who changes the tables wants it alone. */
  private static final String MEMBERS = "(hashtext('mailflow nodes'), hashtext(current_schema()))";

  /** The lock of {@link #LOCK} in the server's list, where its halves are unsigned. */
  private static final String LEADERS =
      """
      FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid::bigint = hashtext('mailflow')::bigint & 4294967295
        AND objid::bigint = hashtext(current_schema())::bigint & 4294967295""";

  /** The SQLSTATE when another instance has the lock. */
  static final String IN_USE = "55P03";

  /** The SQLSTATE, our own, when another instance has led since. */
  static final String TAKEN_OVER = "MF001";

  @Override
  public Connection openWriter() throws SQLException {
    return open(
        (connection, statement) -> {
          // A server may be told to answer before the disk has it, but not to us.
          statement.execute("SET synchronous_commit = on");
          statement.execute(KEEPALIVE);
          statement.execute(LOCK_PATIENCE);
          if (leads) {
            // Before, because who waits for the lock in vain would not know why; and after.
            requireNoOther(connection);
            lock(statement);
            requireNoOther(connection);
          }
          statement.execute("SELECT pg_advisory_lock_shared" + MEMBERS);
          statement.execute("RESET lock_timeout");
          connection.setAutoCommit(false);
        });
  }

  private static void lock(Statement statement) throws SQLException {
    try {
      statement.execute(LOCK);
    } catch (SQLException e) {
      throw IN_USE.equals(e.getSQLState())
          ? new SQLException("another instance has the spool", IN_USE, e)
          : e;
    }
  }

  /** The same once nobody else uses the tables, and the other way round. */
  static boolean haveAlone(Connection writer) throws SQLException {
    return "t".equals(ask(writer, "SELECT pg_try_advisory_lock" + MEMBERS));
  }

  static void shareAgain(Connection writer) throws SQLException {
    ask(writer, "SELECT pg_advisory_unlock" + MEMBERS);
  }

  /** The same as the leader that we are from now on. Needs the tables, and commits nothing. */
  PostgresDatabase inNextTerm(Connection writer) throws SQLException {
    long next = count(writer, TERM);
    try (PreparedStatement statement = writer.prepareStatement(WriteSql.PUT_SETTING.text())) {
      new Parameters(statement).text(LEASE).text(new Lease.Text(next, 0, "").toString());
      statement.executeUpdate();
    }
    return new PostgresDatabase(url, true, OptionalLong.of(next));
  }

  /** How the server sees us. */
  static String clientAddress(Connection writer) throws SQLException {
    return ask(writer, "SELECT coalesce(host(inet_client_addr()), 'localhost')");
  }

  /** A number that no other node has. Needs the tables, and commits nothing. */
  static long newNode(Connection writer) throws SQLException {
    return count(writer, NODE);
  }

  private static long count(Connection writer, String key) throws SQLException {
    try (PreparedStatement statement = writer.prepareStatement(COUNT)) {
      statement.setString(1, key);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return Long.parseLong(result.getString(1));
      }
    }
  }

  private void requireNoOther(Connection connection) throws SQLException {
    if (term.isPresent() && term.getAsLong() != currentTerm(connection)) {
      throw new SQLException(
          "another instance has had the spool since; this one must be restarted", TAKEN_OVER);
    }
  }

  private static long currentTerm(Connection connection) throws SQLException {
    String value = ask(connection, "SELECT value FROM setting WHERE key = '" + TERM + "'");
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }

  /** Whether anybody leads, alive or not. */
  boolean isLed() throws SQLException {
    try (Connection connection = openReader()) {
      return !ask(connection, "SELECT pid " + LEADERS).isEmpty();
    }
  }

  /**
   * Ends the connection over which the leader of this term writes, should it still lead; what it is
   * writing is rolled back, and nothing more can be written by it.
   */
  void depose(long termOver) throws SQLException {
    try (Connection connection = openReader()) {
      if (currentTerm(connection) == termOver) {
        ask(connection, "SELECT pg_terminate_backend(pid) " + LEADERS);
      }
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

  @Override
  public boolean isDurable(Connection writer, Optional<String> transaction) throws SQLException {
    String status = ask(writer, "SELECT pg_xact_status('" + transaction.orElseThrow() + "'::xid8)");
    // A leader that has its lock again knows that its old connection is gone; others do not.
    if ("in progress".equals(status)) {
      throw new SQLException("the server has not noticed yet that the connection was lost");
    }
    return "committed".equals(status);
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
