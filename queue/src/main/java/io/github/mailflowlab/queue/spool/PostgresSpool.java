package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
   * @throws SpoolException when the server cannot be reached or does not let us in, or when the
   *     spool is in use by another instance or of a newer version (then nothing is touched)
   */
  public static PostgresSpool open(PostgresUrl url) throws SpoolException {
    Database database = new PostgresDatabase(url);
    try {
      Connection connection = database.openWriter();
      try {
        PostgresSchema.migrate(connection, url);
        warnWithoutFlush(connection, url);
        connection.commit();
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
      GroupCommit commits = new GroupCommit(database, connection);
      commits.start();
      return new PostgresSpool(commits, new Readers(database));
    } catch (SpoolException e) {
      throw e;
    } catch (IOException | SQLException e) {
      throw new SpoolException("spool " + url + " cannot be opened: " + reason(e), e);
    }
  }

  private static void warnWithoutFlush(Connection connection, PostgresUrl url) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW fsync")) {
      if (result.next() && !"on".equals(result.getString(1))) {
        log.warn("spool {} has fsync off: a power cut will lose mail", url);
      }
    }
  }

  /** The first line: servers add hints. */
  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
