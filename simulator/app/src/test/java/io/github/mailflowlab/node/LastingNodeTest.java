package io.github.mailflowlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.settings.SpoolPlace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two nodes on one server, and what a user of either sees. */
@TestInstance(Lifecycle.PER_CLASS)
final class LastingNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private EmbeddedPostgres server;
  private int databases;
  private NodeWorld world;
  private StagedFault host;
  private LastingNode leader;
  private LastingNode follower;

  @BeforeAll
  void startServer() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    databases++;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE lab" + databases);
    }
    String url = server.getJdbcUrl("postgres", "lab" + databases);
    world = new NodeWorld(new SpoolPlace.Server(PostgresUrl.parse(url).orElseThrow()));
    host = world.healthyServer("onprem.example");
    leader = LastingNode.start(world.settings(), 1);
    follower = LastingNode.start(world.settings(), 1);
    await().atMost(PATIENCE).until(() -> answers(follower, "/clock"));
  }

  @AfterEach
  void close() {
    follower.close();
    leader.close();
    world.close();
  }

  @Test
  void saysWhichRoleEachOfThemHas() throws Exception {
    assertThat(get(leader, "/status").path("role").asText()).isEqualTo("leader");
    assertThat(get(follower, "/status").path("role").asText()).isEqualTo("follower");
    assertThat(get(follower, "/status").path("smtp").asText())
        .isEqualTo(Addresses.text(follower.smtpAddress()));
  }

  @Test
  void passesRequestsOnToTheLeader() throws Exception {
    send(follower, "PATCH", "/clock", "{\"paused\":true}");
    assertThat(get(leader, "/clock").path("paused").asBoolean()).isTrue();
    assertThat(ask(follower, "POST", "/queues/q1/retry", "").statusCode())
        .isEqualTo(ask(leader, "POST", "/queues/q1/retry", "").statusCode());
  }

  @Test
  void takesMailForWhatWasChangedAtTheOtherNode() throws Exception {
    assertThat(reply(follower, "bob@late.example")).startsWith("550 5.4.4 ");

    send(
        follower,
        "PATCH",
        "/connectors/To%20onprem.example",
        "{\"recipientDomains\":[\"late.example\"]}");

    await().atMost(PATIENCE).until(() -> reply(follower, "bob@late.example").startsWith("250 "));
    await().atMost(PATIENCE).until(() -> host.received().size() == 1);
  }

  @Test
  void followsTheClockOfTheLeader() throws Exception {
    send(leader, "POST", "/clock/advance", "{\"by\":\"PT1000H\"}");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                get(follower, "/status")
                        .path("now")
                        .asText()
                        .compareTo(get(leader, "/clock").path("now").asText().substring(0, 10))
                    > 0);
  }

  @Test
  void leadsOnTheSamePortsOnceTheLeaderIsClosed() throws Exception {
    assertThat(reply(follower, "bob@onprem.example")).startsWith("250 ");
    leader.close();

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                answers(follower, "/status")
                    && get(follower, "/status").path("role").asText().equals("leader"));
    assertThat(reply(follower, "bob@onprem.example")).startsWith("250 ");
    await().atMost(PATIENCE).until(() -> host.received().size() == 2);
  }

  private static String reply(LastingNode node, String to) throws IOException {
    try (SocketClient client = new SocketClient(node.smtpAddress())) {
      client.reply();
      client.ask("EHLO application.example");
      client.ask("MAIL FROM:<" + NodeWorld.ALICE + ">");
      String recipient = client.ask("RCPT TO:<" + to + ">");
      if (!recipient.startsWith("250 ")) {
        return recipient;
      }
      client.ask("DATA");
      return client.ask("Subject: Hello\r\n\r\nHello.\r\n.");
    }
  }

  private static JsonNode get(LastingNode node, String path) throws Exception {
    return Json.tree(ask(node, "GET", path, "").body());
  }

  private static void send(LastingNode node, String method, String path, String json)
      throws Exception {
    assertThat(ask(node, method, path, json).statusCode()).isEqualTo(200);
  }

  /** Whether it answers with a document; not while it changes roles, or knows no leader yet. */
  private static boolean answers(LastingNode node, String path) throws InterruptedException {
    try {
      return ask(node, "GET", path, "").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> ask(LastingNode node, String method, String path, String json)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + Addresses.text(node.httpAddress()) + "/api/v1" + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }
}
