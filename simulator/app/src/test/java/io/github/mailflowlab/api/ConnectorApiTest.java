package io.github.mailflowlab.api;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import io.github.mailflowlab.queue.MessageStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors and accepted domains of a running node, changed over HTTP. */
@Execution(ExecutionMode.CONCURRENT)
final class ConnectorApiTest {
  private static final String CONNECTOR = "/api/v1/connectors/To%20onprem.example";
  private static final String BOB = "bob@onprem.example";

  @TempDir private Path data;
  private NodeWorld world;
  private StagedFault good;
  private Node node;
  private HttpCaller http;

  @BeforeEach
  void startNode() throws Exception {
    world = new NodeWorld(data);
    world.server("onprem.example", "tcp.refused");
    good = world.healthyServer("good.example");
    start();
  }

  private void start() throws Exception {
    node = world.start();
    node.clock().pause();
    http = new HttpCaller(node.httpAddress());
  }

  @AfterEach
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void aConnectorThatIsRepairedDeliversTheMailThatWaits() throws Exception {
    String id = submit(node, BOB, "Waits");
    pass(node, Duration.ofMinutes(2));
    assertThat(node.queue().message(id).orElseThrow().status()).isEqualTo(MessageStatus.PENDING);

    Answer changed =
        http.call("PATCH", CONNECTOR, "{\"smartHosts\":[\"" + good.smartHost() + "\"]}");
    pass(node, Duration.ofMinutes(10));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("overridden").toString()).isEqualTo("[\"smartHosts\"]");
    assertThat(node.queue().message(id).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(good.received()).hasSize(1);
  }

  @Test
  void aChangeSurvivesARestartAndIsDroppedByDelete() throws Exception {
    http.call("PATCH", CONNECTOR, "{\"enabled\":false}");
    node.close();
    start();

    assertThat(parameter("enabled")).isEqualTo("false");
    Answer reset = http.call("DELETE", CONNECTOR, "");
    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.json().path("overridden")).isEmpty();
    assertThat(parameter("enabled")).isEqualTo("true");
    assertThat(http.call("DELETE", CONNECTOR, "").status()).isEqualTo(409);
  }

  @Test
  void aNewConnectorTakesMailUntilItIsDeleted() throws Exception {
    String path = "/api/v1/connectors/To%20a%2Fb";
    String body =
        "{\"recipientDomains\":[\"new.example\"],\"smartHosts\":[\"" + good.smartHost() + "\"]}";

    Answer made = http.call("PUT", path, body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("name").asText()).isEqualTo("To a/b");
    assertThat(made.json().path("inFile").asBoolean()).isFalse();
    submit(node, "bob@new.example", "New");
    node.work().awaitQuiet();
    assertThat(good.received()).hasSize(1);
    assertThat(http.call("PUT", path, body).status()).isEqualTo(200);
    assertThat(http.call("DELETE", path, "").status()).isEqualTo(204);
    assertThat(http.get(path).status()).isEqualTo(404);
    assertThat(
            http.post("/api/v1/messages?from=alice@contoso.example&to=bob@new.example", "X: y\n\n")
                .status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"smartHost\":[\"mail\"]}          | smartHost: unknown parameter (known: name, connectorType",
        "{\"useMXRecord\":true}              | useMXRecord: true with smartHosts (expected: one of the two)",
        "{\"tlsSettings\":\"DomainValidation\"} | tlsDomain: missing",
        "{\"enabled\":\"no\"}                | enabled: expected: true or false",
        "{\"smartHosts\":[1]}                | smartHosts: expected: a list of texts",
        "{\"smartHosts\":[\"mail:0\"]}       | smartHosts: \"mail:0\" (expected: name",
        "[]                                  | The body is not the JSON expected",
        "null                                | The body is not the JSON expected",
        "{\"enabled\":false,\"enabled\":true} | The body is not the JSON expected",
      })
  void whatDoesNotFitIsRefusedAndChangesNothing(String body, String reason) throws Exception {
    JsonNode before = http.get(CONNECTOR).json();

    Answer refused = http.call("PATCH", CONNECTOR, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).contains(reason);
    assertThat(http.get(CONNECTOR).json()).isEqualTo(before);
  }

  @Test
  void aBodyBeyondAllReasonIsRefused() throws Exception {
    String body = "{\"comment\":\"" + "x".repeat(1024 * 1024) + "\"}";

    assertThat(http.call("PATCH", CONNECTOR, body).status()).isEqualTo(400);
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    for (String path : new String[] {"/api/v1/connectors/nosuch", "/api/v1/domains/nosuch"}) {
      for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
        assertThat(http.call(method, path, method.equals("PATCH") ? "{}" : "").status())
            .as(method + " " + path)
            .isEqualTo(404);
      }
    }
  }

  @Test
  void anAuthoritativeDomainKnowsItsMailboxesAndRefusesTheOthers() throws Exception {
    Answer changed =
        http.call(
            "PATCH",
            "/api/v1/domains/contoso.example",
            "{\"type\":\"Authoritative\",\"mailboxes\":[\"alice@contoso.example\"]}");

    assertThat(changed.status()).isEqualTo(200);
    Answer sent =
        http.post(
            "/api/v1/messages?from=x@y.example&to=alice@contoso.example&to=zoe@contoso.example",
            "X: y\r\n\r\n");
    assertThat(sent.json().path("accepted").toString()).isEqualTo("[\"alice@contoso.example\"]");
    assertThat(sent.json().path("rejected").toString())
        .contains("550 5.4.1 Recipient address rejected: Access denied");
    assertThat(http.get("/api/v1/domains").json().path("domains")).hasSize(2);
  }

  @Test
  void aChangeThatTakesItsTimeIsShownWithItsInstant() throws Exception {
    node.close();
    world.propagateFor(Duration.ofMinutes(30), Duration.ofMinutes(60));
    start();

    JsonNode changed = http.call("PATCH", CONNECTOR, "{\"enabled\":false}").json();

    assertThat(changed.path("pending")).hasSize(1);
    assertThat(changed.path("pending").path(0).path("parameters").toString())
        .isEqualTo("{\"enabled\":false}");
    assertThat(parameter("enabled")).isEqualTo("true");
    pass(node, Duration.ofMinutes(60));
    assertThat(parameter("enabled")).isEqualTo("false");
  }

  private String parameter(String key) throws Exception {
    return http.get(CONNECTOR).json().path("parameters").path(key).asText();
  }
}
