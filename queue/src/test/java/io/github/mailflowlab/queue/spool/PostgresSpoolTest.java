package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.PostgresUrl;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is special about a server: reaching it, locks, versions. */
@TestInstance(Lifecycle.PER_CLASS)
final class PostgresSpoolTest implements SpoolContract {
  private PostgresServer server;
  private PostgresUrl url;
  private Spool spool;

  @BeforeAll
  void startServer(@TempDir Path parent) {
    server = PostgresServer.start(parent.resolve("data"));
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    url = server.newSchema();
    spool = open(url);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Override
  public Spool spool() {
    return spool;
  }

  @Override
  public Spool reopen() {
    spool.close();
    spool = open(url);
    return spool;
  }

  @Test
  void refusesASecondInstance() {
    assertThatThrownBy(() -> PostgresSpool.open(url))
        .isInstanceOf(SpoolInUseException.class)
        .hasMessage("spool " + url + " is in use by another instance");
    store("a1", NOW);
  }

  @Test
  void refusesANewerVersionAndTouchesNothing() {
    spool.close();
    String schema = url.location().replaceFirst(".*currentSchema=", "");
    server.sql("UPDATE " + schema + ".schema_version SET version = 99");
    assertThatThrownBy(() -> PostgresSpool.open(url))
        .isInstanceOf(SpoolException.class)
        .hasMessage(
            "spool "
                + url
                + " is of the newer version 99, this program reads "
                + PostgresSchema.VERSION
                + "; nothing was changed");
    server.sql("UPDATE " + schema + ".schema_version SET version = " + PostgresSchema.VERSION);
    reopen();
  }

  @Test
  void saysWhereItCannotConnect() {
    PostgresUrl nowhere = PostgresUrl.parse("jdbc:postgresql://127.0.0.1:1/lab").orElseThrow();
    assertThatThrownBy(() -> PostgresSpool.open(nowhere))
        .isInstanceOf(SpoolException.class)
        .message()
        .startsWith("spool postgresql://127.0.0.1:1/lab cannot be opened: ")
        .hasLineCount(1);
  }

  @Test
  void saysThatADatabaseIsMissing() {
    PostgresUrl missing =
        PostgresUrl.parse("jdbc:postgresql://localhost:" + server.port() + "/missing?user=postgres")
            .orElseThrow();
    assertThatThrownBy(() -> PostgresSpool.open(missing))
        .isInstanceOf(SpoolException.class)
        .message()
        .contains("missing")
        .hasLineCount(1);
  }

  @Test
  void readsNothingOnceClosed() {
    spool.close();
    assertThatThrownBy(() -> spool.queues()).isInstanceOf(UncheckedIOException.class);
  }

  private static Spool open(PostgresUrl url) {
    try {
      return PostgresSpool.open(url);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }
}
