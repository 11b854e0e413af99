package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in one SQLite database: write-ahead log, each commit flushed. The schema with its
 * comments is {@code schema-1.sql} beside this class; anybody can look with {@code sqlite3
 * spool.db}.
 */
public final class SqliteSpool extends SqlSpool {
  private static final Logger log = LoggerFactory.getLogger(SqliteSpool.class);

  private final SpoolDirectory directory;

  private SqliteSpool(SpoolDirectory directory, GroupCommit commits, Readers readers) {
    super(commits, readers);
    this.directory = directory;
  }

  /**
   * Opens the spool in a directory, which is created when missing.
   *
   * @throws SpoolInUseException when another instance has it
   * @throws SpoolException when it is not writable, or of a newer version or damaged (then nothing
   *     is touched)
   */
  public static SqliteSpool open(Path directory) throws SpoolException {
    return open(directory, true);
  }

  /**
   * As {@link #open(Path)}, but what it keeps need not outlive a power cut, so it waits for no
   * disk: for tests, whose mail is worth nothing.
   */
  public static SqliteSpool openFleeting(Path directory) throws SpoolException {
    return open(directory, false);
  }

  private static SqliteSpool open(Path directory, boolean keeps) throws SpoolException {
    checkDatabase(directory);
    SpoolDirectory locked = SpoolDirectory.open(directory);
    try {
      return open(locked, keeps);
    } catch (IOException | SQLException e) {
      abandon(locked);
      throw refusal(directory, e);
    }
  }

  /** Before the directory is locked, which would already write. */
  private static void checkDatabase(Path directory) throws SpoolException {
    try {
      Schema.checkFile(SpoolDirectory.database(directory));
    } catch (IOException e) {
      throw refusal(directory, e);
    }
  }

  private static SpoolException refusal(Path directory, Exception cause) {
    if (cause instanceof SpoolException own) {
      return own;
    }
    String reason =
        cause instanceof IOException trouble
            ? DiskTrouble.inWords(trouble)
            : String.valueOf(cause.getMessage());
    return new SpoolException("spool " + directory + " cannot be opened: " + reason, cause);
  }

  private static SqliteSpool open(SpoolDirectory directory, boolean keeps)
      throws IOException, SQLException {
    Path file = directory.database();
    Database database = new SqliteDatabase(file, keeps);
    Connection connection = database.openWriter();
    GroupCommit commits;
    try {
      Schema.migrate(connection, file);
      commits = new GroupCommit(database, connection);
    } catch (IOException | SQLException e) {
      connection.close();
      throw e;
    }
    commits.start();
    return new SqliteSpool(directory, commits, new Readers(database));
  }

  @Override
  public void close() {
    super.close();
    close(directory);
  }

  private static void abandon(SpoolDirectory directory) {
    try {
      directory.abandon();
    } catch (IOException e) {
      log.warn("spool lock could not be taken back: {}", e.toString());
    }
  }

  private static void close(SpoolDirectory directory) {
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("spool lock did not close cleanly: {}", e.toString());
    }
  }
}
