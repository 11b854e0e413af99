package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told and kept when a disk does not write or flush, or cannot be opened again. */
final class FailingCommitTest {
  @TempDir Path directory;
  private SqliteDatabase healthy;
  private GroupCommit commits;

  /** The method of a connection that fails, or of the database or its log; none when empty. */
  private volatile String sick = "";

  private volatile String sickToo = "";

  /** Connections of writers. */
  private final AtomicInteger open = new AtomicInteger();

  /** While nobody holds it, the log is forced. */
  private final Semaphore disk = new Semaphore(1);

  @BeforeEach
  void open() throws IOException, SQLException {
    healthy = new SqliteDatabase(file());
    Database database = new Sick();
    Connection connection = database.openWriter();
    Schema.migrate(connection, file());
    commits = new GroupCommit(database, connection);
    commits.start();
  }

  @AfterEach
  void close() {
    disk.release();
    commits.close();
  }

  private Path file() {
    return directory.resolve("spool.db");
  }

  @Test
  void storesNothingOfWhatItRefusedAndGoesOnByItself() throws SQLException {
    store("before").join();
    sick = "commit";
    assertThatThrownBy(() -> store("meanwhile").join()).hasRootCauseMessage("disk I/O error");
    assertThatThrownBy(() -> store("still").join()).hasRootCauseMessage("disk I/O error");
    sick = "";
    store("after").join();

    assertThat(stored()).containsExactly("after", "before");
    assertThat(commits.made()).isEqualTo(2);
  }

  @Test
  void refusesWhileTheDatabaseCannotBeOpenedAgain() throws SQLException {
    sick = "commit";
    assertThatThrownBy(() -> store("lost").join()).hasRootCauseMessage("disk I/O error");
    sick = "openWriter";
    assertThatThrownBy(() -> store("refused").join()).hasRootCauseMessage("disk I/O error");
    sick = "";
    store("after").join();

    assertThat(stored()).containsExactly("after");
  }

  @Test
  void aCommitIsToldWhenItIsFlushedAndNotBefore() {
    disk.acquireUninterruptibly();
    CompletableFuture<Void> stored = store("a");
    await().until(disk::hasQueuedThreads);
    assertThat(stored).isNotDone();
    assertThat(commits.made()).isEqualTo(1);

    disk.release();
    stored.join();
  }

  @Test
  void theNextTransactionIsPreparedDuringAFlushAndCommittedAfterIt() throws SQLException {
    disk.acquireUninterruptibly();
    CompletableFuture<Void> first = store("a");
    await().until(disk::hasQueuedThreads);
    CompletableFuture<Void> second = store("b");
    CompletableFuture<Void> third = store("c");
    await().until(this::isBeingWritten);
    assertThat(stored()).containsExactly("a");

    disk.release();
    CompletableFuture.allOf(first, second, third).join();
    assertThat(stored()).containsExactly("a", "b", "c");
    assertThat(commits.made()).isEqualTo(2);
  }

  @Test
  void whatWasNotFlushedIsToldOnceItIsInTheDatabase() throws IOException, SQLException {
    sick = "force";
    store("a").join();

    assertThat(stored()).containsExactly("a");
    assertThat(Files.size(directory.resolve("spool.db-wal"))).isZero();
  }

  @Test
  void asLongAsThatIsUnknownItsFutureWaitsAndAllOthersFail() throws SQLException {
    disk.acquireUninterruptibly();
    CompletableFuture<Void> unknown = store("a");
    await().until(disk::hasQueuedThreads);
    CompletableFuture<Void> prepared = store("b");
    await().until(this::isBeingWritten);
    sick = "force";
    sickToo = "isDurable";
    disk.release();
    assertThatThrownBy(prepared::join).hasMessageContaining("it was not flushed: ");
    assertThatThrownBy(() -> store("c").join()).hasRootCauseMessage("disk I/O error");
    assertThat(unknown).isNotDone();

    sick = "";
    sickToo = "";
    unknown.join();
    store("d").join();
    assertThat(stored()).containsExactly("a", "d");
  }

  @Test
  void whoClosesLearnsThatAFlushFailed() {
    disk.acquireUninterruptibly();
    sick = "force";
    CompletableFuture<Void> unknown = store("a");
    await().until(disk::hasQueuedThreads);
    sickToo = "isDurable";
    disk.release();
    commits.close();
    assertThatThrownBy(unknown::join).hasMessageContaining("nobody can say whether it was");
  }

  @Test
  void aConnectionWhoseLogCannotBeOpenedIsClosed() {
    sick = "commit";
    assertThatThrownBy(() -> store("a").join()).hasRootCauseMessage("disk I/O error");
    sick = "log";
    assertThatThrownBy(() -> store("b").join()).hasRootCauseMessage("disk I/O error");
    assertThat(open).hasValue(0);

    sick = "";
    store("c").join();
    assertThat(open).hasValue(1);
  }

  /** Whether the writer's transaction has written something. */
  private boolean isBeingWritten() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("SQLITE_BUSY");
      return true;
    }
  }

  private CompletableFuture<Void> store(String key) {
    return commits.commit(List.of(new Change.PutSetting(key, "x"))).toCompletableFuture();
  }

  private List<String> stored() throws SQLException {
    try (Connection reader = healthy.openReader();
        Statement statement = reader.createStatement();
        ResultSet keys =
            statement.executeQuery("SELECT group_concat(key, ' ' ORDER BY key) FROM setting")) {
      return List.of(keys.getString(1).split(" ", -1));
    }
  }

  /** A database whose connections fail as a sick disk makes them. */
  private final class Sick implements Database {
    @Override
    public Connection openWriter() throws SQLException {
      check("openWriter");
      Connection connection = healthy.openWriter();
      open.incrementAndGet();
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                check(method.getName());
                if (method.getName().equals("close")) {
                  open.decrementAndGet();
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private void check(String method) throws SQLException {
      if (method.equals(sick) || method.equals(sickToo)) {
        throw new SQLException("disk I/O error");
      }
    }

    @Override
    public CommitLog log() throws IOException {
      if ("log".equals(sick)) {
        throw new IOException("disk I/O error");
      }
      CommitLog log = healthy.log();
      return new CommitLog() {
        @Override
        public void force() throws IOException {
          disk.acquireUninterruptibly();
          disk.release();
          if ("force".equals(sick)) {
            throw new IOException("disk I/O error");
          }
          log.force();
        }

        @Override
        public void close() throws IOException {
          log.close();
        }
      };
    }

    @Override
    public boolean isDurable(Connection writer, Optional<String> transaction) throws SQLException {
      check("isDurable");
      return healthy.isDurable(writer, transaction);
    }

    @Override
    public Connection openReader() throws SQLException {
      return healthy.openReader();
    }
  }
}
