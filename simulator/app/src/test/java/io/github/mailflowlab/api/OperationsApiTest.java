package io.github.mailflowlab.api;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator has done over REST, to mail behind a refused host. */
@Execution(ExecutionMode.CONCURRENT)
class OperationsApiTest {
  private static final String API = "/api/v1";

  private NodeWorld world;
  private Node node;
  private HttpCaller http;
  private String id;

  @BeforeEach
  void startNode(@TempDir Path data) throws Exception {
    world = new NodeWorld(data);
    world.server("refused.example", "tcp.refused");
    world.healthyServer("good.example");
    node = world.start();
    node.clock().pause();
    http = new HttpCaller(node.httpAddress());
    id = submit("bob@refused.example");
  }

  @AfterEach
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void aQueueIsSuspendedAndResumed() throws Exception {
    JsonNode queue = ok(http.post(API + "/queues/q1/suspend?by=tests&reason=quiet%20please", ""));
    assertThat(queue.path("status").asText()).isEqualTo("Suspended");
    pass(node, Duration.ofHours(1));
    JsonNode message = ok(http.get(API + "/messages/" + id));
    assertThat(message.path("attempts").asInt()).isEqualTo(1);
    assertThat(message.path("events").findValuesAsText("detail"))
        .contains("Queue suspended by tests: quiet please");
    assertProblem(http.post(API + "/queues/q1/suspend", ""), 409, "is suspended already");
    assertProblem(http.post(API + "/queues/q1/retry", ""), 409, "not in Retry, or suspended");

    assertThat(ok(http.post(API + "/queues/q1/resume", "")).path("status").asText())
        .isEqualTo("Retry");
    assertProblem(http.post(API + "/queues/q1/resume", ""), 409, "is not suspended");
  }

  @Test
  void aConnectorIsSuspendedWithAllItsQueues() throws Exception {
    String path = API + "/connectors/To%20refused.example";
    JsonNode queues = ok(http.post(path + "/suspend", "")).path("queues");
    assertThat(queues.findValuesAsText("status")).containsExactly("Suspended");
    assertProblem(http.post(path + "/suspend", ""), 409, "is suspended already");
    assertThat(ok(http.post(path + "/resume", "")).path("queues").findValuesAsText("status"))
        .containsExactly("Retry");
  }

  @Test
  void allMessagesOfAFilterAreSuspended() throws Exception {
    String other = submit("carol@refused.example");
    String path = API + "/messages/actions?operation=suspend&recipient=bob@refused.example";

    JsonNode counted = ok(http.post(path + "&dryRun=true", ""));
    assertThat(counted.path("matched").asInt()).isEqualTo(1);
    assertThat(counted.path("done").asInt()).isZero();
    assertThat(ids("suspended=true")).isEmpty();

    JsonNode done = ok(http.post(path + "&by=tests&reason=quiet", ""));
    assertThat(done.path("operation").asText()).isEqualTo("suspend");
    assertThat(done.path("done").asInt()).isEqualTo(1);
    assertThat(ids("suspended=true")).containsExactly(id);
    assertThat(ids("suspended=false&code=4.4.316&queue=q1")).containsExactly(other);
    assertThat(ok(http.get(API + "/messages/" + id)).path("events").findValuesAsText("detail"))
        .contains("Suspended by tests: quiet (one of: recipient=bob@refused.example)");

    JsonNode again = ok(http.post(path, ""));
    assertThat(again.path("done").asInt()).isZero();
    assertThat(again.path("obstacle").asText()).contains("is suspended already");
  }

  private List<String> ids(String query) throws Exception {
    return ok(http.get(API + "/messages?" + query)).path("messages").findValuesAsText("id");
  }

  @ParameterizedTest
  @CsvSource({
    "operation=suspend, or all=true alone",
    "operation=suspend&all=true&code=4.4.316, or all=true alone",
    "operation=burn&all=true, operation: expected suspend",
    "all=true, operation: expected suspend",
    "operation=suspend&ndr=false&all=true, ndr: only for operation=remove",
    "operation=suspend&sendr=x, Unknown parameter sendr",
    "operation=suspend&code=x, code: expected x.y.z",
    "operation=suspend&olderThan=1h, olderThan: expected a duration such as PT1H",
    "operation=suspend&newerThan=-PT1H, newerThan: expected a duration such as PT1H",
    "operation=suspend&suspended=maybe, suspended: expected true or false",
    "operation=suspend&status=Pending, Unknown parameter status",
  })
  void anOperationOnAllHasToSayWhichMessages(String query, String detail) throws Exception {
    assertProblem(http.post(API + "/messages/actions?" + query, ""), 400, detail);
    assertThat(ids("suspended=true")).isEmpty();
  }

  @Test
  void aMessageIsSuspendedResumedAndRemoved() throws Exception {
    assertThat(status(ok(operate("suspend")))).isEqualTo("Suspended");
    assertProblem(operate("suspend"), 409, "is suspended already");
    assertThat(status(ok(operate("resume")))).isEqualTo("Pending");
    assertProblem(operate("resume"), 409, "is not suspended");
    assertProblem(operate("retry"), 409, "retry the queue");
    assertProblem(operate("reroute"), 409, "is routed as before");
    JsonNode removed = ok(operate("remove?reason=spam"));
    assertThat(status(removed)).isEqualTo("Failed");
    assertThat(removed.path("recipients").path(0).path("code").asText()).isEqualTo("5.3.2");
    assertProblem(operate("remove"), 409, "is Failed already");
    assertThat(ndrs()).hasSize(1);
  }

  @Test
  void aMessageIsRemovedWithoutANdr() throws Exception {
    ok(operate("remove?ndr=false"));
    assertThat(ndrs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/queues/q9/suspend                   | 404 | There is no queue q9",
        "/queues/nosuch/resume                | 404 | There is no queue nosuch",
        "/connectors/nosuch/suspend           | 404 | There is no connector nosuch",
        "/messages/nosuch/suspend             | 404 | There is no message nosuch",
        "/messages/nosuch/remove              | 404 | There is no message nosuch",
        "/messages/nosuch/remove?ndr=maybe    | 400 | ndr: expected true or false",
        "/messages/nosuch/retry?ndr=false     | 400 | Unknown parameter ndr",
        "/messages/nosuch/retry?by=           | 400 | by: expected",
        "/messages/nosuch/retry?reason=%0Ax   | 400 | reason: expected",
        "/queues/q1/suspend?what=x            | 400 | Unknown parameter what",
      })
  void whatCannotBeDoneIsSaid(String path, int status, String reason) throws Exception {
    assertProblem(http.post(API + path, ""), status, reason);
  }

  private List<String> ndrs() throws Exception {
    return ok(http.get(API + "/mailboxes/alice@contoso.example/messages"))
        .path("messages")
        .findValuesAsText("id");
  }

  private Answer operate(String operation) throws Exception {
    return http.post(API + "/messages/" + id + "/" + operation, "");
  }

  private String submit(String to) throws Exception {
    JsonNode sent =
        http.post(
                API + "/messages?from=alice@contoso.example&to=" + to,
                "Subject: Hello\r\n\r\nHello.\r\n")
            .json();
    node.work().awaitQuiet();
    return sent.path("id").asText();
  }

  private static String status(JsonNode document) {
    return document.path("status").asText();
  }

  private static JsonNode ok(Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void assertProblem(Answer answer, int status, String detail) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).contains(detail);
  }
}
