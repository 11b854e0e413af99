package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in a PostgreSQL database, version 13 or newer. Its tables are in the first schema of
 * the connection's {@code search_path}. While the server is away nothing can be written or read;
 * each further try asks for a new connection.
 */
public final class PostgresSpool extends SqlSpool {
  private static final Logger log = LoggerFactory.getLogger(PostgresSpool.class);

  private PostgresSpool(GroupCommit commits, Readers readers) {
    super(commits, readers);
  }

  /**
   * Opens the spool, and makes its tables when there are none.
   *
   * @throws SpoolInUseException when another instance has it
   * @throws SpoolException when the server cannot be reached or does not let us in, or when the
   *     spool is of a newer version (then nothing is touched)
   */
  public static PostgresSpool open(PostgresUrl url) throws SpoolException {
    try {
      PostgresDatabase database = new PostgresDatabase(url, OptionalLong.empty());
      Connection connection = database.openWriter();
      try {
        // Only what is said later has to be quick: an index over much mail takes its time.
        int limit = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        PostgresSchema.migrate(connection, url);
        connection.setNetworkTimeout(Runnable::run, limit);
        warnWithoutFlush(connection, url);
        database = database.asNextInstance(connection);
        connection.commit();
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
      GroupCommit commits = new GroupCommit(database, connection);
      commits.start();
      return new PostgresSpool(commits, new Readers(database));
    } catch (IOException | SQLException e) {
      throw refusal(url, e);
    }
  }

  private static SpoolException refusal(PostgresUrl url, Exception cause) {
    if (cause instanceof SpoolException own) {
      return own;
    }
    if (cause instanceof SQLException sql && PostgresDatabase.IN_USE.equals(sql.getSQLState())) {
      return new SpoolInUseException(url, cause);
    }
    // The first line alone: servers add hints.
    String reason =
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    return new SpoolException("spool " + url + " cannot be opened: " + reason, cause);
  }

  private static void warnWithoutFlush(Connection connection, PostgresUrl url) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW fsync")) {
      if (result.next() && !"on".equals(result.getString(1))) {
        log.warn("spool {} has fsync off: a power cut will lose mail", url);
      }
    }
  }
}
