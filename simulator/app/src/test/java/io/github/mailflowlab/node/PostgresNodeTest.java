package io.github.mailflowlab.node;

import static io.github.mailflowlab.node.NodeWorld.ALICE;
import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.reply;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.settings.SpoolPlace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A node whose spool is on a PostgreSQL server. */
@TestInstance(Lifecycle.PER_CLASS)
final class PostgresNodeTest {
  private static final String BOB = "bob@onprem.example";

  private EmbeddedPostgres server;
  private NodeWorld world;
  private int schemas;

  @BeforeAll
  void startServer() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void createWorld() throws SQLException {
    schemas++;
    sql("CREATE SCHEMA s" + schemas);
    world = new NodeWorld(place("postgres", "&currentSchema=s" + schemas));
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  private SpoolPlace place(String database, String parameters) {
    String url = server.getJdbcUrl("postgres", database) + parameters;
    return new SpoolPlace.Server(PostgresUrl.parse(url).orElseThrow());
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void deliversAfterARestartAndReturnsWhatNeverArrives() throws Exception {
    StagedFault host = world.server("onprem.example", "tcp.refused");
    world.server("dead.example", "tcp.refused");
    String late;
    String lost;
    try (Node node = world.start()) {
      node.clock().pause();
      late = submit(node, BOB, "Late");
      lost = submit(node, "bob@dead.example", "Lost");
      pass(node, Duration.ofHours(3));
      assertThat(message(node, late)).isEqualTo(MessageStatus.PENDING);
    }

    host.repair();
    try (Node node = world.start()) {
      pass(node, Duration.ofMinutes(15));
      assertThat(message(node, late)).isEqualTo(MessageStatus.DELIVERED);

      pass(node, Duration.ofHours(21));
      assertThat(message(node, lost)).isEqualTo(MessageStatus.FAILED);
      assertThat(node.queue().mailbox(ALICE, 100, Optional.empty()).items())
          .extracting(MailboxView::ndr)
          .containsExactly(true);
    }
    assertThat(host.received()).hasSize(1);
  }

  @Test
  void refusesMailWhileTheDatabaseIsAwayAndGoesOnAfter() throws Exception {
    sql("CREATE DATABASE away");
    try (NodeWorld other = new NodeWorld(place("away", ""))) {
      StagedFault host = other.healthyServer("onprem.example");
      try (Node node = other.start()) {
        sql(
            "ALTER DATABASE away ALLOW_CONNECTIONS false",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'");
        assertThat(reply(node, BOB, "Refused")).startsWith("452 4.3.1 ");
        assertThat(httpStatus(node, "/api/v1/queues")).isEqualTo(503);

        sql("ALTER DATABASE away ALLOW_CONNECTIONS true");
        submit(node, BOB, "Taken");
        await().until(() -> host.received().size() == 1);
        assertThat(httpStatus(node, "/api/v1/queues")).isEqualTo(200);
      }
    }
  }

  private static int httpStatus(Node node, String path) throws Exception {
    URI uri = URI.create("http://" + Addresses.text(node.httpAddress()) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void leavesASpoolToTheNodeThatHasIt() throws Exception {
    try (Node first = world.start()) {
      assertThatThrownBy(world::start)
          .isInstanceOf(StartupException.class)
          .hasMessageEndingWith(" is in use by another instance");
      assertThat(first.queue().queues()).isEmpty();
    }
    world.start().close();
  }

  @Test
  void saysWhyItCannotStart() {
    try (NodeWorld elsewhere = new NodeWorld(place("missing", ""))) {
      assertThatThrownBy(elsewhere::start)
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("spool postgresql://localhost:" + server.getPort() + "/missing cannot be")
          .hasLineCount(1);
    }
  }

  private static MessageStatus message(Node node, String id) {
    return node.queue().message(id).orElseThrow().status();
  }
}
