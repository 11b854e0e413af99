package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told and kept when a disk does not flush, or cannot be opened again. */
final class FailingCommitTest {
  @TempDir Path directory;
  private SqliteDatabase healthy;
  private GroupCommit commits;

  /** The method of a connection that fails, or of the database; none when empty. */
  private volatile String sick = "";

  @BeforeEach
  void open() throws IOException, SQLException {
    Path file = directory.resolve("spool.db");
    healthy = new SqliteDatabase(file);
    Database database = new Sick();
    Connection connection = database.openWriter();
    Schema.migrate(connection, file);
    commits = new GroupCommit(database, connection);
    commits.start();
  }

  @AfterEach
  void close() {
    commits.close();
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
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                check(method.getName());
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private void check(String method) throws SQLException {
      if (method.equals(sick)) {
        throw new SQLException("disk I/O error");
      }
    }

    @Override
    public Connection openReader() throws SQLException {
      return healthy.openReader();
    }
  }
}
