package io.github.mailflowlab.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertStoreFake;
import io.github.mailflowlab.alerting.Fixtures;
import io.github.mailflowlab.alerting.Notification;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.time.SimulatedTime;
import io.github.mailflowlab.time.WorkInFlight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HTTP server answers as it was told, then 200; the tries are on simulated time. */
final class WebhookNotifierTest {
  /** The lab is ahead of it. */
  private static final Instant WALL = Fixtures.START.minus(Duration.ofHours(5));

  private static final int HANG = -1;
  private static final int ENDLESS = -2;
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private final SimulatedTime time = new SimulatedTime(Fixtures.START);
  private final WorkInFlight work = new WorkInFlight();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AlertStoreFake store = new AlertStoreFake();
  private final Alert alert = Fixtures.alert("To on-premises", "mail.contoso.example");
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void tellsOfBothEnds() throws Exception {
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    notifier.raised(alert);
    notifier.resolved(Fixtures.resolved(alert, time.instant()));
    work.awaitQuiet();

    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.SENT, 1, null),
            notification(Alert.State.RESOLVED, Notification.State.SENT, 1, null));
    assertThat(bodies).hasSize(2);
    JsonNode first = json(bodies.remove());
    assertThat(first.path("id").asText()).isEqualTo(alert.id());
    assertThat(first.path("state").asText()).isEqualTo("Active");
    assertThat(first.path("code").asText()).isEqualTo("4.4.316");
    assertThat(json(bodies.remove()).path("state").asText()).isEqualTo("Resolved");
    assertThat(notifier.about("another")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302, 307})
  void aRefusalIsTriedAgainOnTheLabsClockAndTheEndWaitsForIt(int status) throws Exception {
    answers.add(status);
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    notifier.raised(alert);
    notifier.resolved(Fixtures.resolved(alert, time.instant()));
    work.awaitQuiet();

    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(
                Alert.State.ACTIVE, Notification.State.PENDING, 1, "HTTP status " + status),
            notification(Alert.State.RESOLVED, Notification.State.PENDING, 0, null));
    assertThat(bodies).hasSize(1);

    time.advanceTo(Fixtures.START.plus(Duration.ofMinutes(1)));
    work.awaitQuiet();
    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.SENT, 2, null),
            notification(Alert.State.RESOLVED, Notification.State.SENT, 1, null));
  }

  @Test
  void isGivenUpAfterTheLastTryAndTheNextIsTried() throws Exception {
    answers.addAll(List.of(500, 500, 500, 500, 500));
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    notifier.raised(alert);
    notifier.resolved(Fixtures.resolved(alert, time.instant()));
    work.awaitQuiet();
    for (Optional<Instant> due = time.nextDue(); due.isPresent(); due = time.nextDue()) {
      time.advanceTo(due.get());
      work.awaitQuiet();
    }

    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.FAILED, 5, "HTTP status 500"),
            notification(Alert.State.RESOLVED, Notification.State.SENT, 1, null));
    assertThat(time.instant()).isEqualTo(Fixtures.START.plus(Duration.ofMinutes(81)));
  }

  @Test
  void aReceiverThatHangsIsGivenUpOnForThisTime() throws Exception {
    answers.add(HANG);
    WebhookNotifier notifier = notifier("/hook", IMPATIENT);
    notifier.raised(alert);
    work.awaitQuiet();

    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.PENDING, 1, "No answer in time"));
  }

  @Test
  void anAnswerThatNeverEndsIsNotRead() throws Exception {
    answers.add(ENDLESS);
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    notifier.raised(alert);
    work.awaitQuiet();

    assertThat(notifier.about(alert.id()))
        .containsExactly(notification(Alert.State.ACTIVE, Notification.State.SENT, 1, null));
  }

  @Test
  void aReceiverThatIsNotThereIsTriedAgain() throws Exception {
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    server.stop(0);
    notifier.raised(alert);
    work.awaitQuiet();

    assertThat(notifier.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.PENDING, 1, "Cannot connect"));
    assertThat(time.nextDue()).contains(Fixtures.START.plus(Duration.ofMinutes(1)));
  }

  @Test
  void beyondTheLimitNothingWaits() throws Exception {
    answers.add(500);
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    for (int i = 0; i <= WebhookNotifier.MAX_WAITING; i++) {
      notifier.raised(alert);
    }
    work.awaitQuiet();

    List<Notification> all = notifier.about(alert.id());
    assertThat(all)
        .hasSize(WebhookNotifier.MAX_WAITING + 1)
        .filteredOn(one -> one.state() == Notification.State.FAILED)
        .containsExactly(all.get(WebhookNotifier.MAX_WAITING));
  }

  @Test
  void whatWaitsIsToldByTheNextRunInOrder() throws Exception {
    answers.add(500);
    WebhookNotifier crashed = notifier("/hook", PATIENT);
    crashed.raised(alert);
    crashed.resolved(Fixtures.resolved(alert, time.instant()));
    work.awaitQuiet();
    bodies.clear();

    WebhookNotifier next = notifier("/hook", PATIENT);
    next.start();
    work.awaitQuiet();

    assertThat(next.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.SENT, 1, null),
            notification(Alert.State.RESOLVED, Notification.State.SENT, 1, null));
    assertThat(json(bodies.remove()).path("state").asText()).isEqualTo("Active");
    assertThat(json(bodies.remove()).path("state").asText()).isEqualTo("Resolved");
  }

  @Test
  void whatWasToldOrGivenUpIsNotToldByTheNextRun() throws Exception {
    answers.addAll(List.of(200, 500, 500, 500, 500, 500));
    WebhookNotifier notifier = notifier("/hook", PATIENT);
    notifier.raised(alert);
    notifier.raised(Fixtures.alert("To fabrikam", ""));
    work.awaitQuiet();
    for (Optional<Instant> due = time.nextDue(); due.isPresent(); due = time.nextDue()) {
      time.advanceTo(due.get());
      work.awaitQuiet();
    }
    bodies.clear();

    notifier("/hook", PATIENT).start();
    work.awaitQuiet();

    assertThat(bodies).isEmpty();
    assertThat(store.texts).hasSize(2).allSatisfy((key, text) -> assertThat(text).isEmpty());
  }

  @Test
  void anotherWebhookIsNotToldWhatWaitsForThisOne() throws Exception {
    answers.add(500);
    notifier("/hook", PATIENT).raised(alert);
    work.awaitQuiet();
    bodies.clear();

    notifier("/another", PATIENT).start();
    work.awaitQuiet();

    assertThat(bodies).isEmpty();
  }

  @Test
  void whatTheNextRunHasToTellComesBehindWhatWaits() throws Exception {
    answers.add(500);
    notifier("/hook", PATIENT).raised(alert);
    work.awaitQuiet();
    bodies.clear();

    answers.add(500);
    WebhookNotifier next = notifier("/hook", PATIENT);
    next.start();
    next.resolved(Fixtures.resolved(alert, time.instant()));
    work.awaitQuiet();

    assertThat(next.about(alert.id()))
        .containsExactly(
            notification(Alert.State.ACTIVE, Notification.State.PENDING, 1, "HTTP status 500"),
            notification(Alert.State.RESOLVED, Notification.State.PENDING, 0, null));
    assertThat(store.texts).hasSize(2);
  }

  @Test
  void aDamagedNotificationIsForgottenAndTheOthersAreTold() throws Exception {
    answers.add(500);
    WebhookNotifier crashed = notifier("/hook", PATIENT);
    crashed.raised(alert);
    crashed.raised(Fixtures.alert("To fabrikam", ""));
    work.awaitQuiet();
    bodies.clear();
    store.texts.replaceAll((key, text) -> key.endsWith(".0") ? "{" : text);

    notifier("/hook", PATIENT).start();
    work.awaitQuiet();

    assertThat(bodies).hasSize(1);
    assertThat(json(bodies.remove()).path("connector").asText()).isEqualTo("To fabrikam");
  }

  @Test
  void alertmanagerIsToldInItsOwnFormByItsOwnClock() throws Exception {
    WebhookNotifier notifier = notifier("/api/v2/alerts", PATIENT);
    notifier.raised(alert);
    notifier.resolved(Fixtures.resolved(alert, alert.raised().plusSeconds(60)));
    work.awaitQuiet();

    JsonNode raised = json(bodies.remove()).path(0);
    JsonNode resolved = json(bodies.remove()).path(0);
    assertThat(raised.path("labels")).isEqualTo(resolved.path("labels"));
    assertThat(raised.path("labels").path("alertname").asText()).isEqualTo(alert.policy());
    assertThat(raised.path("annotations").path("raised").asText())
        .isEqualTo(alert.raised().toString());
    assertThat(raised.path("startsAt").asText()).isEqualTo(WALL.toString());
    assertThat(Instant.parse(raised.path("endsAt").asText())).isAfter(WALL);
    assertThat(resolved.has("startsAt")).isFalse();
    assertThat(resolved.path("endsAt").asText()).isEqualTo(WALL.toString());
  }

  @Test
  void cardsHaveTheAdviceAndNoMarkupOfAPeer() throws Exception {
    Alert evil = Fixtures.alert("<!channel> & more", "");

    JsonNode slack = json(WebhookBody.of(evil, Webhook.Form.SLACK, WALL));
    assertThat(slack.path("text").asText())
        .contains("&lt;!channel&gt; &amp; more", "Open the firewall.");
    JsonNode teams = json(WebhookBody.of(evil, Webhook.Form.TEAMS, WALL));
    assertThat(teams.at("/attachments/0/content/body/0/text").asText())
        .contains("Open the firewall.", "4.4.316");
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Integer scripted = answers.poll();
    int answer = scripted == null ? 200 : scripted;
    if (answer == HANG || answer == ENDLESS) {
      if (answer == ENDLESS) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(new byte[100]);
        exchange.getResponseBody().flush();
      }
      await();
    } else {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.sendResponseHeaders(answer, -1);
    }
    exchange.close();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WebhookNotifier notifier(String path, Duration answerLimit) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return new WebhookNotifier(
        Webhook.parse(url).orElseThrow(), answerLimit, () -> WALL, time, time, work, store);
  }

  private Notification notification(
      Alert.State about, Notification.State state, int tries, @Nullable String reason) {
    return new Notification(
        "http://127.0.0.1:" + server.getAddress().getPort(),
        about,
        state,
        tries,
        Optional.ofNullable(reason));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
