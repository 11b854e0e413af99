package io.github.mailflowlab.queue.spool;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A SQLite database in a file, with a write-ahead log.
 *
 * <p>SQLite would flush its log within each commit ({@code synchronous=FULL}), and nothing could be
 * prepared meanwhile. So it is told to leave that out ({@code NORMAL}: it flushes around each
 * checkpoint only, and a log that is cut off anywhere still ends with a whole transaction), and
 * {@link #log} is flushed by whoever says that a commit counts.
 *
 * @param keeps whether it waits for the disk at all
 */
record SqliteDatabase(Path file, boolean keeps) implements Database {
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  /** Keeps what it says it has, whatever happens. */
  SqliteDatabase(Path file) {
    this(file, true);
  }

  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(keeps ? SynchronousMode.NORMAL : SynchronousMode.OFF);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    Connection connection = config.createConnection(url());
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public CommitLog log() throws IOException {
    return keeps ? new LogFile(FileChannel.open(logFile(), WRITE)) : CommitLog.NONE;
  }

  private Path logFile() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /**
   * It is when all that is committed lies in the database itself: a log that could not be flushed
   * may say so once and then forget it. The copy is made from what was written, which is still in
   * memory.
   */
  @Override
  public boolean isDurable(Connection writer, Optional<String> transaction) throws SQLException {
    writer.setAutoCommit(true);
    try (Statement statement = writer.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (result.getBoolean("busy")) {
        throw new SQLException("somebody still reads from the log");
      }
    } finally {
      writer.setAutoCommit(false);
    }
    return true;
  }

  @Override
  public Connection openReader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config.createConnection(url());
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }

  /** The write-ahead log. It stays the same file as long as a connection is open. */
  private record LogFile(FileChannel channel) implements CommitLog {
    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
