package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server of the tests' own, as durable as one is by default. All threads. */
public final class PostgresServer implements AutoCloseable {
  private final Path data;
  private final AtomicInteger schemas = new AtomicInteger();
  private EmbeddedPostgres server;

  private PostgresServer(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
  }

  /** Starts one with its data in a directory that does not exist yet. */
  public static PostgresServer start(Path data) {
    return new PostgresServer(data, start(data, 0));
  }

  private static EmbeddedPostgres start(Path data, int port) {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on");
      return (port == 0 ? builder : builder.setPort(port)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place for a spool where there is none yet. */
  public PostgresUrl newSchema() {
    String schema = "s" + schemas.incrementAndGet();
    sql("CREATE SCHEMA " + schema);
    return url(schema);
  }

  private PostgresUrl url(String schema) {
    String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    return PostgresUrl.parse(url).orElseThrow();
  }

  /** Says something to the server as its administrator. */
  public void sql(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /** Ends it, and every connection to it. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again where it was. */
  public void startAgain() {
    server = start(data, server.getPort());
  }

  @Override
  public void close() {
    stop();
  }
}
