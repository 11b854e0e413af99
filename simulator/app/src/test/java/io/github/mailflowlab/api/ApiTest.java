package io.github.mailflowlab.api;

import static io.github.mailflowlab.api.HttpCaller.fields;
import static io.github.mailflowlab.node.NodeWorld.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents and answers of design 10 and 12, over a node whose clock stands still. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
  private static final String API = "/api/v1";
  private static final String MAIL =
      "Subject: Hello\r\nMessage-ID: <1@a.example>\r\n\r\nHello.\r\n";
  private static final String FROM = API + "/messages?from=alice@contoso.example";

  private NodeWorld world;
  private Node node;
  private HttpCaller http;

  /** Waits behind a refused host for some hours; three more came later. */
  private String late;

  private String delivered;

  @BeforeAll
  void startNode(@TempDir Path data) throws Exception {
    world = new NodeWorld(data);
    world.healthyServer("good.example");
    world.server("refused.example", "tcp.refused");
    world.server("rejecting.example", "smtp.rcpt.5yz");
    node = world.start();
    node.clock().pause();
    http = new HttpCaller(node.httpAddress());
    late = submit("bob@refused.example");
    pass(node, Duration.ofHours(2));
    for (int i = 0; i < 3; i++) {
      submit("bob" + i + "@refused.example");
    }
    delivered = submit("bob@good.example");
    submit("bob@rejecting.example");
    node.work().awaitQuiet();
  }

  @BeforeEach
  void pauseClock() {
    node.clock().pause();
    node.clock().setSpeed(1);
  }

  @AfterAll
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void theFaultsAreTheCatalogue() throws Exception {
    JsonNode faults = ok(http.get(API + "/faults"));

    assertThat(faults.path("faults").findValuesAsText("id"))
        .containsExactlyElementsOf(FailureCatalogue.load().entries().keySet());
    assertThat(fields(faults.path("faults").path(0)))
        .containsExactly("id", "layer", "title", "codes", "proof", "implemented");
  }

  @Test
  void statusSaysWhatRunsWhere() throws Exception {
    JsonNode status = ok(http.get(API + "/status"));

    assertThat(fields(status)).contains("version", "smtp", "http", "now", "queued", "activeAlerts");
    assertThat(status.path("smtp").asText()).isEqualTo("127.0.0.1:" + node.smtpAddress().getPort());
    assertThat(status.path("http").asText()).isEqualTo("127.0.0.1:" + node.httpAddress().getPort());
    assertThat(status.path("activeAlerts").asLong()).isEqualTo(1);
  }

  @Test
  void aSubmittedMailIsCreatedAndKeptOctetByOctet() throws Exception {
    Answer answer = http.post(FROM + "&to=carol@good.example", MAIL);

    assertThat(answer.status()).isEqualTo(201);
    JsonNode sent = answer.json();
    assertThat(fields(sent)).contains("file", "id", "accepted", "rejected");
    assertThat(sent.path("file").isNull()).isTrue();
    assertThat(sent.path("id").asText()).matches("[a-z0-9]+");
    assertThat(sent.path("accepted").toString()).isEqualTo("[\"carol@good.example\"]");
    assertThat(sent.path("rejected").toString()).isEqualTo("[]");
    Answer content = http.get(API + "/messages/" + sent.path("id").asText() + "/content");
    assertThat(content.status()).isEqualTo(200);
    assertThat(content.contentType()).isEqualTo("message/rfc822");
    assertThat(content.body()).isEqualTo(MAIL);
  }

  @Test
  void aMailWithAddressesInUtf8GoesOutWithSmtpUtf8() throws Exception {
    Answer answer =
        http.post(
            API + "/messages?from=j%C3%BCrgen@contoso.example&to=%E7%94%A8%E6%88%B7@good.example",
            "Subject: Gr\u00fc\u00dfe\r\n\r\nHi\r\n");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("accepted").path(0).asText()).isEqualTo("用户@good.example");
    node.work().awaitQuiet();
    JsonNode trace = ok(http.get(API + "/messages/" + answer.json().path("id").asText()));
    assertThat(trace.toString())
        .contains("MAIL FROM:<jürgen@contoso.example>", " SMTPUTF8", "\"status\":\"Delivered\"");
  }

  @Test
  void aMailThatSomeRecipientsRefuseIsCreatedForTheOthers() throws Exception {
    Answer answer =
        http.post(
            FROM + "&to=carol@good.example&to=dave@nowhere.example&to=x@strict.example", MAIL);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("accepted")).hasSize(1);
    assertThat(answer.json().path("rejected").toString())
        .isEqualTo(
            "[{\"address\":\"dave@nowhere.example\","
                + "\"reply\":\"550 5.4.4 No connector for this domain\"},"
                + "{\"address\":\"x@strict.example\","
                + "\"reply\":\"550 5.4.1 Recipient address rejected: Access denied\"}]");
  }

  @Test
  void aMailThatAllRecipientsRefuseIsUnprocessable() throws Exception {
    Answer answer = http.post(FROM + "&to=dave@nowhere.example", MAIL);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("id").isNull()).isTrue();
    assertThat(answer.json().path("accepted")).isEmpty();
    assertThat(answer.json().path("rejected")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/messages?to=bob@good.example&form=x | Unknown parameter form",
        "/messages?from=alice@contoso.example | to: missing",
        "/messages?to=bob                     | is no mail address",
        "/messages?from=x&to=bob@good.example | from: expected an address",
        "/messages?to=%0d@good.example         | is no mail address",
      })
  void aWrongSubmissionIsRefusedWithAReason(String path, String reason) throws Exception {
    assertProblem(http.post(API + path, MAIL), 400, reason);
  }

  @Test
  void anEmptyMailIsRefused() throws Exception {
    assertProblem(http.post(FROM + "&to=bob@good.example", ""), 400, "empty");
  }

  @Test
  void aMailBeyondTheLimitIsRefused() throws Exception {
    String tooLarge = ("x".repeat(78) + "\r\n").repeat(36_700_160 / 80 + 1);

    assertProblem(http.post(FROM + "&to=bob@good.example", tooLarge), 413, "");
  }

  @Test
  void aWaitingMessageShowsEveryField() throws Exception {
    JsonNode message =
        ok(http.get(API + "/messages?recipient=bob@refused.example")).path("messages").path(0);

    assertThat(fields(message))
        .contains(
            "id",
            "messageId",
            "from",
            "subject",
            "size",
            "received",
            "expires",
            "connector",
            "status",
            "attempts",
            "recipients");
    assertThat(message.path("id").asText()).isEqualTo(late);
    assertThat(message.path("messageId").asText()).isEqualTo("<1@a.example>");
    assertThat(message.path("from").asText()).isEqualTo("alice@contoso.example");
    assertThat(message.path("subject").asText()).isEqualTo("Hello");
    assertThat(message.path("size").asInt()).isEqualTo(MAIL.length());
    assertThat(message.path("status").asText()).isEqualTo("Pending");
    assertThat(
            Duration.between(
                Instant.parse(message.path("received").asText()),
                Instant.parse(message.path("expires").asText())))
        .isEqualTo(Duration.ofHours(24));
    JsonNode recipient = message.path("recipients").path(0);
    assertThat(fields(recipient)).contains("address", "status", "code", "lastError");
    assertThat(recipient.path("code").asText()).isEqualTo("4.4.316");
    assertThat(recipient.path("lastError").asText()).startsWith("450 4.4.316 Connection refused");
  }

  @Test
  void aDeliveredMessageHasNoError() throws Exception {
    JsonNode message = ok(http.get(API + "/messages/" + delivered));

    assertThat(message.path("status").asText()).isEqualTo("Delivered");
    assertThat(message.path("attempts").asInt()).isEqualTo(1);
    assertThat(message.path("recipients").path(0).get("lastError").isNull()).isTrue();
  }

  @Test
  void aTraceTellsWhatHappenedInOrder() throws Exception {
    JsonNode trace = ok(http.get(API + "/messages/" + delivered));

    List<String> events = new ArrayList<>();
    for (JsonNode event : trace.path("events")) {
      assertThat(fields(event))
          .contains("time", "event", "recipient", "code", "detail", "transcript");
      assertThat(event.path("transcript").isArray()).isTrue();
      Instant.parse(event.path("time").asText());
      events.add(event.path("event").asText());
    }
    assertThat(events).startsWith("Receive").endsWith("Send").doesNotContain("Defer", "Fail");
  }

  @ParameterizedTest
  @CsvSource({
    "status=Delivered&connector=To%20good.example, good.example",
    "status=failed, rejecting.example",
    "code=4.4.316, refused.example",
    "connector=To%20refused.example, refused.example",
    "recipient=bob@rejecting.example, rejecting.example"
  })
  void messagesCanBeFiltered(String query, String domain) throws Exception {
    JsonNode messages = ok(http.get(API + "/messages?" + query)).path("messages");

    assertThat(messages).isNotEmpty();
    assertThat(messages)
        .allMatch(
            message ->
                message.path("recipients").path(0).path("address").asText().endsWith(domain));
  }

  @Test
  void listsComeInPages() throws Exception {
    Set<String> ids = new TreeSet<>();
    String query = "/messages?connector=To%20refused.example&limit=3";
    JsonNode first = ok(http.get(API + query));
    JsonNode second = ok(http.get(API + query + "&cursor=" + first.path("nextCursor").asText()));
    first.path("messages").forEach(message -> ids.add(message.path("id").asText()));
    second.path("messages").forEach(message -> ids.add(message.path("id").asText()));

    assertThat(first.path("messages")).hasSize(3);
    assertThat(second.path("messages")).hasSize(1);
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(ids).hasSize(4).contains(late);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/messages?limit=0                              | limit: expected",
        "/messages?limit=1001                           | limit: expected",
        "/messages?limit=ten                            | limit: expected",
        "/messages?status=Lost                          | status: expected",
        "/messages?status=Suspended                     | status: expected",
        "/messages?code=450                             | code: expected",
        "/messages?recipient=bob                        | recipient: expected",
        "/messages?subject=x                            | Unknown parameter subject",
        "/queues/q1?what=x                              | Unknown parameter what",
      })
  void aWrongQueryIsRefusedWithAReason(String path, String reason) throws Exception {
    assertProblem(http.get(API + path), 400, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!", "-1", "zz9", "9999999999999999999999", "%00"})
  void aStrangeCursorIsNoFaultOfOurs(String cursor) throws Exception {
    assertThat(http.get(API + "/messages?cursor=" + cursor).status()).isIn(200, 400);
    assertThat(
            http.get(API + "/mailboxes/alice@contoso.example/messages?cursor=" + cursor).status())
        .isIn(200, 400);
  }

  @Test
  void aQueueInRetryShowsEveryField() throws Exception {
    JsonNode queue = refusedQueue();

    assertThat(fields(queue))
        .contains(
            "id",
            "connector",
            "nextHop",
            "deliveryType",
            "status",
            "messageCount",
            "deferredMessageCount",
            "code",
            "lastError",
            "queuedSince",
            "lastRetryTime",
            "nextRetryTime",
            "retryCount",
            "oldestExpires");
    assertThat(queue.path("status").asText()).isEqualTo("Retry");
    assertThat(queue.path("messageCount").asInt()).isEqualTo(4);
    assertThat(queue.path("deferredMessageCount").asInt()).isEqualTo(4);
    assertThat(queue.path("code").asText()).isEqualTo("4.4.316");
    assertThat(queue.path("lastError").asText()).startsWith("450 4.4.316 Connection refused");
    assertThat(queue.path("nextHop").asText()).contains("lab.example");
    assertThat(queue.path("retryCount").asInt()).isPositive();
    for (String time : List.of("queuedSince", "lastRetryTime", "nextRetryTime", "oldestExpires")) {
      Instant.parse(queue.path(time).asText());
    }
  }

  @Test
  void aHealthyQueueShowsNullForWhatThereIsNot() throws Exception {
    JsonNode queue = queueOf("To good.example");

    for (String field : List.of("code", "lastError", "nextRetryTime")) {
      assertThat(queue.get(field)).as(field).isNotNull();
      assertThat(queue.get(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void oneQueueIsShownWithAPageOfItsMessages() throws Exception {
    String id = refusedQueue().path("id").asText();

    JsonNode queue = ok(http.get(API + "/queues/" + id + "?limit=3"));

    assertThat(fields(queue))
        .containsAll(fields(refusedQueue()))
        .contains("messages", "nextCursor");
    assertThat(queue.path("messages")).hasSize(3);
    assertThat(queue.path("nextCursor").isTextual()).isTrue();
  }

  @Test
  void aQueueInRetryCanBeTriedNowAndOthersCannot() throws Exception {
    JsonNode queue = refusedQueue();
    Answer retried = http.post(API + "/queues/" + queue.path("id").asText() + "/retry", "");
    node.work().awaitQuiet();

    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.json().path("id")).isEqualTo(queue.path("id"));
    assertThat(refusedQueue().path("retryCount").asInt())
        .isEqualTo(queue.path("retryCount").asInt() + 1);
    assertProblem(
        http.post(API + "/queues/" + queueOf("To good.example").path("id").asText() + "/retry", ""),
        409,
        "not in Retry");
  }

  @Test
  void anAlertShowsEveryField() throws Exception {
    JsonNode alert = ok(http.get(API + "/alerts")).path("alerts").path(0);

    assertThat(fields(alert))
        .contains(
            "id",
            "policy",
            "severity",
            "category",
            "activity",
            "state",
            "connector",
            "count",
            "threshold",
            "code",
            "lastError",
            "destinationServer",
            "raised",
            "updated",
            "resolved",
            "advice",
            "ongoing",
            "told",
            "notes",
            "notifications");
    assertThat(alert.path("policy").asText()).isEqualTo("Messages have been delayed");
    assertThat(alert.path("state").asText()).isIn("Active", "Investigating");
    assertThat(alert.path("connector").asText()).isEqualTo("To refused.example");
    assertThat(alert.path("code").asText()).isEqualTo("4.4.316");
    assertThat(alert.get("resolved").isNull()).isTrue();
    assertThat(alert.path("advice")).isNotEmpty();
    assertThat(ok(http.get(API + "/alerts/" + alert.path("id").asText()))).isEqualTo(alert);
  }

  @Test
  void anAlertIsInvestigatedOnceAndKeepsWhoDidThat() throws Exception {
    String id = ok(http.get(API + "/alerts")).path("alerts").path(0).path("id").asText();
    String path = API + "/alerts/" + id + "/investigate";

    JsonNode alert = http.post(path + "?by=carol&comment=on+it", "").json();

    assertThat(alert.path("state").asText()).isEqualTo("Investigating");
    JsonNode note = alert.path("notes").path(0);
    assertThat(fields(note)).containsExactly("time", "state", "by", "comment");
    assertThat(note.path("by").asText()).isEqualTo("carol");
    assertThat(note.path("comment").asText()).isEqualTo("on it");
    assertProblem(
        http.post(path, ""), 409, "Alert " + id + " is Investigating, so it cannot become");
    assertProblem(http.post(path + "?by=", ""), 400, "by: expected 1 to 64 characters");
    assertProblem(http.post(path + "?why=x", ""), 400, "Unknown parameter why");
    assertProblem(http.post(API + "/alerts/nosuch/resolve", ""), 404, "There is no alert nosuch");
  }

  @Test
  void aReturnedMailIsInTheSendersMailbox() throws Exception {
    JsonNode mailbox = ok(http.get(API + "/mailboxes/alice@contoso.example/messages"));

    assertThat(fields(mailbox)).contains("messages", "nextCursor");
    assertThat(mailbox.path("messages")).hasSize(1);
    JsonNode mail = mailbox.path("messages").path(0);
    assertThat(fields(mail)).contains("id", "from", "subject", "received", "ndr", "status");
    assertThat(mail.path("ndr").asBoolean()).isTrue();
    assertThat(mail.path("status").asText()).isEqualTo("5.1.351");
    Answer content =
        http.get(
            API
                + "/mailboxes/alice@contoso.example/messages/"
                + mail.path("id").asText()
                + "/content");
    assertThat(content.contentType()).isEqualTo("message/rfc822");
    assertThat(content.body()).contains("\r\nStatus: 5.1.351\r\n");
  }

  @Test
  void theAdministratorsMailboxHasTheAlertWhichIsNoNdr() throws Exception {
    JsonNode mail =
        ok(http.get(API + "/mailboxes/admin@contoso.example/messages")).path("messages").path(0);

    assertThat(mail.path("ndr").asBoolean()).isFalse();
    assertThat(mail.get("status").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messages/nosuch",
        "/messages/nosuch/content",
        "/queues/nosuch",
        "/alerts/nosuch",
        "/mailboxes/alice@contoso.example/messages/nosuch/content",
        "/nosuch",
        "",
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    assertProblem(http.get(API + path), 404, "");
  }

  @Test
  void retryOfAnUnknownQueueIsNotFound() throws Exception {
    assertProblem(http.post(API + "/queues/nosuch/retry", ""), 404, "There is no queue nosuch");
  }

  @ParameterizedTest
  @CsvSource({"DELETE, /messages", "PUT, /clock", "POST, /alerts", "GET, /clock/advance"})
  void aWrongMethodIsNotAllowed(String method, String path) throws Exception {
    assertProblem(http.call(method, API + path, ""), 405, "");
  }

  @Test
  void theClockShowsEveryField() throws Exception {
    JsonNode clock = ok(http.get(API + "/clock"));

    assertThat(fields(clock)).contains("now", "speed", "paused", "nextEvent");
    assertThat(Instant.parse(clock.path("now").asText())).isEqualTo(node.clock().instant());
    assertThat(clock.path("speed").asDouble()).isEqualTo(1);
    assertThat(clock.path("paused").asBoolean()).isTrue();
    Instant.parse(clock.path("nextEvent").asText());
  }

  @Test
  void theClockCanBeSteered() throws Exception {
    JsonNode clock = ok(http.call("PATCH", API + "/clock", "{\"speed\":60,\"paused\":false}"));
    assertThat(clock.path("speed").asDouble()).isEqualTo(60);
    assertThat(clock.path("paused").asBoolean()).isFalse();

    clock = ok(http.call("PATCH", API + "/clock", "{\"paused\":true}"));
    assertThat(clock.path("speed").asDouble()).isEqualTo(60);
    assertThat(clock.path("paused").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"speed\":0}",
        "{\"speed\":-1}",
        "{\"speed\":100001}",
        "{\"speed\":\"fast\"}",
        "{\"pause\":true}",
        "{",
        "[]",
        "null",
        "",
      })
  void aWrongChangeOfTheClockIsRefused(String body) throws Exception {
    assertProblem(http.call("PATCH", API + "/clock", body), 400, "");
  }

  @Test
  void theClockAdvancesByADurationToAnInstantAndToTheNextEvent() throws Exception {
    Instant start = node.clock().instant();
    assertThat(advanced("{\"by\":\"PT1M\"}")).isEqualTo(start.plusSeconds(60));
    assertThat(advanced("{\"to\":\"" + start.plusSeconds(120) + "\"}"))
        .isEqualTo(start.plusSeconds(120));

    Instant next = node.clock().nextEvent().orElseThrow();
    assertThat(advanced("{\"to\":\"next\"}")).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'by':'PT1S'}", "{'to':'next'}"})
  void aFastClockAdvancesToo(String body) throws Exception {
    node.clock().setSpeed(1000);
    node.clock().resume();

    advanced(body.replace('\'', '"'));
  }

  @Test
  void theClockDoesNotWaitWhenToldNotTo() throws Exception {
    Instant target = node.clock().instant().plusSeconds(1);

    Answer answer = http.post(API + "/clock/advance?wait=false", "{\"to\":\"" + target + "\"}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(fields(answer.json())).contains("now", "speed", "paused", "nextEvent");
    node.clock().advance(Duration.ZERO).toCompletableFuture().join();
    assertThat(node.clock().instant()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'to':'2001-01-01T00:00:00Z'}   | expected: from",
        "{'by':'-PT1S'}                  | expected: PT0S to",
        "{'by':'P4000D'}                 | expected: PT0S to",
        "{'to':'9999-01-01T00:00:00Z'}   | at most",
        "{'by':'PT9999999999999999H'}    | by: expected",
        "{'by':'1h'}                     | by: expected",
        "{'to':'tomorrow'}               | to: expected",
        "{}                              | Expected",
        "{'by':'PT1H','to':'next'}       | Expected",
        "{'until':'next'}                | not the JSON expected",
        "null                            | not the JSON expected",
      })
  void aWrongAdvanceIsRefusedWithAReason(String body, String reason) throws Exception {
    assertProblem(http.post(API + "/clock/advance", body.replace('\'', '"')), 400, reason);
  }

  @Test
  void aWrongWaitIsRefused() throws Exception {
    assertProblem(
        http.post(API + "/clock/advance?wait=maybe", "{\"by\":\"PT1S\"}"), 400, "wait: expected");
  }

  @Test
  void metersAndHealthAreThere() throws Exception {
    assertThat(http.get("/health")).isEqualTo(new Answer(200, "text/plain; charset=utf-8", "ok\n"));

    Answer meters = http.get("/metrics");
    assertThat(meters.status()).isEqualTo(200);
    assertThat(meters.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(meters.body()).contains("mailflow_").contains("To refused.example");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, 403",
    "evil.example:8025, 403",
    "127.0.0.1.evil.example, 403",
    "127.0.0.1@evil.example, 403",
    "localhost, 200",
    "LOCALHOST:8025, 200",
    "127.0.0.1:1, 200",
    "[::1]:8025, 200"
  })
  void onlyOurOwnHostIsServed(String host, int status) throws Exception {
    try (SocketClient client = new SocketClient(node.httpAddress())) {
      assertThat(client.ask("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"))
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, 403",
    "http://evil.example:8025, 403",
    "null, 403",
    "http://localhost:8025, 200",
    "http://127.0.0.1, 200"
  })
  void onlyOurOwnOriginIsServed(String origin, int status) throws Exception {
    Answer answer = http.call("GET", API + "/clock", "", "Origin", origin);

    if (status == 200) {
      ok(answer);
    } else {
      assertProblem(answer, status, "Origin");
    }
  }

  private String submit(String to) throws Exception {
    Answer answer = http.post(FROM + "&to=" + to, MAIL);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private Instant advanced(String body) throws Exception {
    return Instant.parse(ok(http.post(API + "/clock/advance", body)).path("now").asText());
  }

  private JsonNode refusedQueue() throws Exception {
    return queueOf("To refused.example");
  }

  private JsonNode queueOf(String connector) throws Exception {
    for (JsonNode queue : ok(http.get(API + "/queues")).path("queues")) {
      if (queue.path("connector").asText().equals(connector)) {
        return queue;
      }
    }
    throw new AssertionError("no queue of " + connector);
  }

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
    return answer.json();
  }

  private static void assertProblem(Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(fields(problem)).contains("type", "title", "status", "detail");
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).contains(detail).isNotEmpty();
  }
}
