package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.audit.ChildProgram;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of the real program on one database, all of which take mail. */
@TestInstance(Lifecycle.PER_CLASS)
final class ClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private EmbeddedPostgres server;
  private Lab lab;
  private int databases;
  private final List<ChildProgram> nodes = new ArrayList<>();
  private StagedFault host;
  private StagedFault dead;
  private Path config;

  /** The subjects of all mail to the host that was acknowledged. */
  private final Set<String> taken = new TreeSet<>();

  @BeforeAll
  void startWorld() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
    lab = Lab.start(SystemTime.source());
  }

  @AfterAll
  void stopWorld() throws IOException {
    lab.close();
    server.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    databases++;
    sql("CREATE DATABASE lab" + databases);
    host = lab.stage("smtp.banner.421");
    dead = lab.stage("tcp.refused");
    config = config(1);
    taken.clear();
  }

  @AfterEach
  void end() {
    nodes.forEach(ChildProgram::close);
    nodes.clear();
    host.close();
    dead.close();
  }

  @Test
  void endsEachMessageOnceThoughTheLeaderIsKilled() throws Exception {
    start(3);
    ChildProgram leader = leader();
    List<ChildProgram> followers = followers();
    for (ChildProgram node : nodes) {
      submit(node, "onprem.example", 5);
      assertThat(mail(node, "dead.example", "Lost")).startsWith("250 ");
    }
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 15 && waiting("To dead") == 3);

    int sessions = host.sessionCount();
    advance(followers.get(0), "PT1M");
    assertThat(host.sessionCount()).isEqualTo(sessions + 1);

    advance(followers.get(1), "PT2H");
    assertThat(alerts("To dead")).hasSize(1);
    leader.kill();
    nodes.remove(leader);
    followers.forEach(node -> submit(node, "onprem.example", 5));
    await().atMost(PATIENCE).until(() -> roles().contains("leader"));
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == taken.size());
    // Whoever starts to lead may have been closed for a moment.
    nodes.forEach(node -> submit(node, "onprem.example", 5));

    host.repair();
    advance(nodes.get(0), "PT30M");
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 0);
    assertThat(alerts("To dead")).hasSize(1);
    advance(nodes.get(1), "PT25H");

    assertDeliveredOnce();
    assertThat(mails("alice@contoso.example")).hasSize(3).allMatch(mail -> isNdr(mail));
    assertThat(alerts("To dead")).hasSize(1).allMatch(alert -> !alert.path("resolved").isNull());
    // Raised and resolved, of either connector.
    assertThat(mails("admin@contoso.example")).hasSize(4);
  }

  @Test
  void takesOverFromALeaderThatHangsAndBearsItsReturn() throws Exception {
    start(2);
    ChildProgram hung = leader();
    ChildProgram other = followers().get(0);
    nodes.forEach(node -> submit(node, "onprem.example", 5));
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 10);

    signal("-STOP", hung);
    submit(other, "onprem.example", 5);
    await().atMost(PATIENCE).until(() -> role(other).equals("leader"));
    host.repair();
    advance(other, "PT30M");
    await().atMost(PATIENCE).until(() -> host.received().size() == taken.size());

    signal("-CONT", hung);
    await().atMost(PATIENCE).until(() -> role(hung).equals("follower"));
    assertThat(role(other)).isEqualTo("leader");
    submit(hung, "onprem.example", 5);
    await().atMost(PATIENCE).until(() -> host.received().size() == taken.size());
    assertDeliveredOnce();
  }

  @Test
  void refusesMailWhileTheDatabaseIsAwayAndLosesNone() throws Exception {
    start(2);
    nodes.forEach(node -> submit(node, "onprem.example", 5));
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 10);
    takeTheDatabaseAway();
    for (ChildProgram node : nodes) {
      assertThat(mail(node, "onprem.example", "Refused")).startsWith("4");
    }
    bringTheDatabaseBack();

    nodes.forEach(node -> submit(node, "onprem.example", 5));
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == taken.size());
    host.repair();
    advance(nodes.get(1), "PT30M");
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 0);
    assertDeliveredOnce();
  }

  @Test
  void sendsAgainOnlyWhatMayHaveBeenUnderWayWhenTheDatabaseWent() throws Exception {
    host.repair();
    // An hour a minute: what was under way is tried again soon.
    config = config(60);
    start(2);
    nodes.forEach(node -> submit(node, "onprem.example", 5));
    takeTheDatabaseAway();
    Set<String> before = Set.copyOf(taken);
    bringTheDatabaseBack();
    nodes.forEach(node -> submit(node, "onprem.example", 5));
    await().atMost(PATIENCE).until(() -> Set.copyOf(subjects()).equals(taken));
    await().atMost(PATIENCE).until(() -> waiting("To onprem") == 0);

    List<String> again = new ArrayList<>(subjects());
    taken.forEach(again::remove);
    assertThat(again).doesNotHaveDuplicates().isSubsetOf(before);
  }

  private void start(int count) throws IOException, InterruptedException {
    for (int i = 1; i <= count; i++) {
      nodes.add(
          ChildProgram.start(
              MailFlow.class,
              config,
              Path.of("target", "cluster-" + databases + "-" + i + ".log")));
    }
    await().atMost(PATIENCE).until(() -> roles().stream().filter("leader"::equals).count() == 1);
  }

  private Path config(int speed) throws IOException {
    String url = server.getJdbcUrl("postgres", "lab" + databases);
    return Files.writeString(
        folder.resolve("lab" + databases + ".yaml"),
        """
        organization:
          domains: [{ name: contoso.example, type: InternalRelay, mailboxes: [alice@contoso.example] }]
          admins: [admin@contoso.example]
        listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
        spool: "%s"
        time: { speed: %d }
        alerts: { threshold: 1, delayedFor: PT1H }
        connectors:
          - name: To onprem
            recipientDomains: ["onprem.example"]
            smartHosts: ["[127.0.0.1]:%d"]
          - name: To dead
            recipientDomains: ["dead.example"]
            smartHosts: ["[127.0.0.1]:%d"]
        """
            .formatted(url, speed, host.smartHost().port(), dead.smartHost().port()));
  }

  private void takeTheDatabaseAway() throws SQLException {
    sql(
        "ALTER DATABASE lab" + databases + " ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = 'lab"
            + databases
            + "'");
  }

  private void bringTheDatabaseBack() throws SQLException {
    sql("ALTER DATABASE lab" + databases + " ALLOW_CONNECTIONS true");
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void signal(String signal, ChildProgram node) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(node.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Submits so many, each until it is taken. */
  private void submit(ChildProgram node, String domain, int count) {
    for (int i = 0; i < count; i++) {
      String subject = "Mail " + (taken.size() + 1);
      await().atMost(PATIENCE).until(() -> mail(node, domain, subject).startsWith("250 "));
      taken.add(subject);
    }
  }

  /** What is answered to a mail; {@code 4} when that is nothing. */
  private static String mail(ChildProgram node, String domain, String subject) {
    try (SocketClient client = new SocketClient(node.smtp())) {
      client.reply();
      client.ask("EHLO client.example");
      client.ask("MAIL FROM:<alice@contoso.example>");
      client.ask("RCPT TO:<bob@" + domain + ">");
      client.ask("DATA");
      return client.ask("Subject: " + subject + "\r\n\r\nHello.\r\n.");
    } catch (IOException | InterruptedException e) {
      return "4";
    }
  }

  private void assertDeliveredOnce() {
    assertThat(subjects()).containsExactlyInAnyOrderElementsOf(taken);
  }

  private List<String> subjects() {
    return host.received().stream()
        .map(message -> new String(message.content(), StandardCharsets.ISO_8859_1))
        .flatMap(content -> content.lines().filter(line -> line.startsWith("Subject: ")))
        .map(line -> line.substring("Subject: ".length()))
        .toList();
  }

  private ChildProgram leader() {
    return nodes.stream().filter(node -> role(node).equals("leader")).findFirst().orElseThrow();
  }

  private List<ChildProgram> followers() {
    return nodes.stream().filter(node -> role(node).equals("follower")).toList();
  }

  private List<String> roles() {
    return nodes.stream().map(ClusterIT::role).toList();
  }

  /** Empty while it does not answer. */
  private static String role(ChildProgram node) {
    try {
      return get(node, "/status").path("role").asText();
    } catch (UncheckedIOException e) {
      return "";
    }
  }

  /** How many wait; -1 while nobody leads, or the node does not know who. */
  private int waiting(String connector) {
    JsonNode queues;
    try {
      queues = get(nodes.get(nodes.size() - 1), "/queues").path("queues");
    } catch (UncheckedIOException e) {
      return -1;
    }
    int waiting = 0;
    for (JsonNode queue : queues) {
      if (queue.path("connector").asText().equals(connector)) {
        waiting += queue.path("messageCount").asInt();
      }
    }
    return waiting;
  }

  private List<JsonNode> alerts(String connector) {
    List<JsonNode> alerts = new ArrayList<>();
    get(nodes.get(0), "/alerts").path("alerts").forEach(alerts::add);
    return alerts.stream()
        .filter(alert -> alert.path("connector").asText().equals(connector))
        .toList();
  }

  private List<JsonNode> mails(String mailbox) {
    List<JsonNode> mails = new ArrayList<>();
    get(nodes.get(0), "/mailboxes/" + mailbox + "/messages").path("messages").forEach(mails::add);
    return mails;
  }

  private static boolean isNdr(JsonNode mail) {
    return mail.path("ndr").asBoolean();
  }

  private static void advance(ChildProgram node, String by) {
    ask(
        HttpRequest.newBuilder(uri(node, "/clock/advance"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"by\":\"" + by + "\"}"))
            .build());
  }

  private static JsonNode get(ChildProgram node, String path) {
    return ask(HttpRequest.newBuilder(uri(node, path)).build());
  }

  private static URI uri(ChildProgram node, String path) {
    try {
      return URI.create(node.http() + "/api/v1" + path);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode ask(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(request.uri() + ": " + response.body());
      }
      return Json.tree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
