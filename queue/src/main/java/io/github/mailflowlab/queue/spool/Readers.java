package io.github.mailflowlab.queue.spool;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A few connections for reading. A query borrows one, so readers wait for each other only when
 * there are more of them than connections. All threads.
 */
final class Readers implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 4;

  private final Database database;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS, true);
  private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(Database database) {
    this.database = database;
  }

  @FunctionalInterface
  interface Binding {
    void bind(Parameters parameters) throws SQLException;
  }

  @FunctionalInterface
  interface Reading<T> {
    T read(Row row) throws SQLException;
  }

  /** All rows of a query. */
  <T> List<T> list(String sql, Binding binding, Reading<T> reading) {
    free.acquireUninterruptibly();
    try {
      if (closed) {
        throw new SQLException("closed");
      }
      Optional<Reader> used = Optional.ofNullable(idle.poll());
      if (used.isPresent()) {
        try {
          return listAndKeep(used.get(), sql, binding, reading);
        } catch (SQLException e) {
          // Perhaps the server was away since it was last used; then all that are idle are dead.
          closeIdle();
        }
      }
      return listAndKeep(new Reader(database.openReader()), sql, binding, reading);
    } catch (SQLException e) {
      throw new UncheckedIOException(new SpoolException("the spool cannot be read: " + e, e));
    } finally {
      free.release();
    }
  }

  private <T> List<T> listAndKeep(Reader reader, String sql, Binding binding, Reading<T> reading)
      throws SQLException {
    try {
      List<T> rows = reader.list(sql, binding, reading);
      giveBack(reader);
      return rows;
    } catch (SQLException e) {
      reader.close();
      throw e;
    }
  }

  /** The first row of a query. */
  <T> Optional<T> first(String sql, Binding binding, Reading<T> reading) {
    return list(sql, binding, reading).stream().findFirst();
  }

  private void giveBack(Reader reader) throws SQLException {
    if (closed) {
      reader.close();
    } else {
      idle.push(reader);
    }
  }

  @Override
  public void close() {
    closed = true;
    free.acquireUninterruptibly(MAX_CONNECTIONS);
    try {
      closeIdle();
    } catch (SQLException e) {
      throw new UncheckedIOException(new SpoolException("the spool cannot be closed: " + e, e));
    } finally {
      free.release(MAX_CONNECTIONS);
    }
  }

  private void closeIdle() throws SQLException {
    for (Reader next = idle.poll(); next != null; next = idle.poll()) {
      next.close();
    }
  }
}
