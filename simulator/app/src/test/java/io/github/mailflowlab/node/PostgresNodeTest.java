package io.github.mailflowlab.node;

import static io.github.mailflowlab.node.NodeWorld.ALICE;
import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.settings.SpoolPlace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA s" + schemas);
    }
    world = new NodeWorld(place("postgres"));
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  private SpoolPlace place(String database) {
    String url = server.getJdbcUrl("postgres", database) + "&currentSchema=s" + schemas;
    return new SpoolPlace.Server(PostgresUrl.parse(url).orElseThrow());
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
      assertThat(status(node, late)).isEqualTo(MessageStatus.PENDING);
    }

    host.repair();
    try (Node node = world.start()) {
      pass(node, Duration.ofMinutes(15));
      assertThat(status(node, late)).isEqualTo(MessageStatus.DELIVERED);

      pass(node, Duration.ofHours(21));
      assertThat(status(node, lost)).isEqualTo(MessageStatus.FAILED);
      assertThat(node.queue().mailbox(ALICE, 100, Optional.empty()).items())
          .extracting(MailboxView::ndr)
          .containsExactly(true);
    }
    assertThat(host.received()).hasSize(1);
  }

  @Test
  void leavesASpoolToTheNodeThatHasIt() throws Exception {
    try (Node first = world.start()) {
      assertThatThrownBy(world::start)
          .isInstanceOf(StartupException.class)
          .hasMessageEndingWith("cannot be opened: it is in use by another instance");
      assertThat(first.queue().queues()).isEmpty();
    }
    world.start().close();
  }

  @Test
  void saysWhyItCannotStart() {
    try (NodeWorld elsewhere = new NodeWorld(place("missing"))) {
      assertThatThrownBy(elsewhere::start)
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("spool postgresql://localhost:" + server.getPort() + "/missing cannot be")
          .hasLineCount(1);
    }
  }

  private static MessageStatus status(Node node, String id) {
    return node.queue().message(id).orElseThrow().status();
  }
}
