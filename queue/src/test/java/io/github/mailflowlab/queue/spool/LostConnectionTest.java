package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, and what is told of it, when the server or the line to it goes away. */
@TestInstance(Lifecycle.PER_CLASS)
final class LostConnectionTest {
  private static final Instant NOW = SpoolContract.NOW;

  private PostgresServer server;
  private CutLine line;
  private PostgresUrl direct;
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
  void open() throws SpoolException {
    line = new CutLine(server.port());
    direct = server.newSchema();
    spool =
        PostgresSpool.open(
            PostgresUrl.parse(direct.location().replace(":" + server.port(), ":" + line.port()))
                .orElseThrow());
    store("a0").join();
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
    line.close();
  }

  @Test
  void tellsThatACommitWasMadeWhoseAnswerWasLost() {
    line.cutNext(CutLine.Cut.BEFORE_THE_ANSWER);
    store("a1").join();
    assertThat(stored()).containsExactly("a0", "a1");
    assertThat(spool.totals(1, NOW).messages()).isEqualTo(2);
  }

  @Test
  void tellsThatACommitWasNotMadeThatTheServerNeverHeardOf() {
    line.cutNext(CutLine.Cut.BEFORE_THE_COMMIT);
    assertThatThrownBy(() -> store("a1").join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SpoolException.class);
    assertThat(stored()).containsExactly("a0");
    store("a1").join();
    assertThat(stored()).containsExactly("a0", "a1");
  }

  @Test
  void failsWhileTheServerIsAwayAndGoesOnAfter() {
    server.stop();
    try {
      assertThatThrownBy(() -> store("a1").join()).hasCauseInstanceOf(SpoolException.class);
      assertThatThrownBy(this::stored).isInstanceOf(UncheckedIOException.class);
    } finally {
      server.startAgain();
    }
    store("a2").join();
    assertThat(stored()).containsExactly("a0", "a2");
  }

  @Test
  void readsAgainThoughItsConnectionsDiedMeanwhile() {
    assertThat(stored()).containsExactly("a0");
    server.stop();
    server.startAgain();
    assertThat(stored()).containsExactly("a0");
  }

  @Test
  void writesNothingMoreOnceAnotherInstanceHasHadTheSpool() throws SpoolException {
    cutOff();
    try (Spool other = PostgresSpool.open(direct)) {
      assertThat(other.due(1, NOW, NOW, 10)).containsExactly("a0");
    }
    assertThatThrownBy(() -> store("a1").join())
        .hasStackTraceContaining("another instance has had the spool since");
    assertThatThrownBy(this::stored).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void goesOnWhenNoOtherInstanceHasHadTheSpool() {
    cutOff();
    store("a1").join();
    assertThat(stored()).containsExactly("a0", "a1");
  }

  /** As a network does that is down for a while. */
  private void cutOff() {
    server.sql(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            + " WHERE application_name = 'mailflow'");
    assertThatThrownBy(() -> store("lost").join()).hasCauseInstanceOf(SpoolException.class);
  }

  private List<String> stored() {
    return spool.due(1, NOW, NOW, 10);
  }

  private CompletableFuture<Void> store(String id) {
    return spool
        .commit(
            List.of(
                SpoolContract.queue(),
                new Change.StoreMessage(
                    SpoolContract.mail(id, NOW), MessageContent.of(new byte[1]))))
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS);
  }
}
