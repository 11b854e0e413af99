package io.github.mailflowlab.api;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import io.github.mailflowlab.queue.MessageStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fix now over HTTP; mail waits for contoso.example's own server, which refuses connections. */
@Execution(ExecutionMode.CONCURRENT)
final class FixApiTest {
  private static final String CONNECTOR = "To contoso.example";
  private static final Duration ALERTED = Duration.ofMinutes(61);
  private static final Duration IN_EFFECT = Duration.ofMinutes(61);

  @TempDir private Path data;
  private NodeWorld world;
  private Node node;
  private HttpCaller http;

  @BeforeEach
  void startNode() throws Exception {
    world = new NodeWorld(data);
    world.server("contoso.example", "tcp.refused");
    world.server("timeout.example", "smtp.banner.421");
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
  void afterThePropagationTimeMailboxesHaveTheirMailAndUnknownOnesAreReturned() throws Exception {
    String known = submit(node, "bob@contoso.example", "Known");
    String unknown = submit(node, "carol@contoso.example", "Unknown");
    mailbox("bob");
    String fix = fixOf(alerted());

    JsonNode plan = http.get(fix).json();
    assertThat(plan.path("state").asText()).isEqualTo("Available");
    assertThat(plan.path("domains").toString()).isEqualTo("[\"contoso.example\"]");
    assertThat(plan.path("steps").toString()).contains("is disabled", "now 2 messages", "5.1.10");
    assertThat(enabled()).isTrue();

    Answer ordered = http.call("POST", fix + "?by=admin&reason=retired", "");
    assertThat(ordered.status()).isEqualTo(202);
    assertThat(ordered.json().path("state").asText()).isEqualTo("Pending");
    Instant due = Instant.parse(ordered.json().path("takesEffect").asText());
    assertThat(Duration.between(node.clock().instant(), due))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
    pass(node, Duration.between(node.clock().instant(), due).minusMillis(1));
    assertThat(enabled()).isTrue();
    assertThat(status(known)).isEqualTo(MessageStatus.PENDING);

    pass(node, Duration.ofMillis(1));

    assertThat(enabled()).isFalse();
    assertThat(status(known)).isEqualTo(MessageStatus.DELIVERED);
    assertThat(mail("bob@contoso.example")).containsExactly("Known");
    assertThat(status(unknown)).isEqualTo(MessageStatus.FAILED);
    assertThat(mail("alice@contoso.example")).containsExactly("Undeliverable: Unknown");
    assertThat(node.queue().trace(unknown).toString())
        .contains("Routed again by Fix now: retired", "550 5.1.10 RESOLVER.ADR.RecipientNotFound");
    assertThat(http.get(fix).json().path("state").asText()).isEqualTo("Done");
    assertThat(alert().state()).isEqualTo(Alert.State.RESOLVED);
    Answer refused =
        http.post(
            "/api/v1/messages?from=alice@contoso.example&to=carol@contoso.example",
            "Subject: New\r\n\r\nNew.\r\n");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("550 5.4.1 Recipient address rejected: Access denied");
  }

  @Test
  void theAlertResolvesAlsoWhenEveryMessageFindsAMailbox() throws Exception {
    submit(node, "bob@contoso.example", "Known");
    mailbox("bob");
    http.call("POST", fixOf(alerted()), "");

    pass(node, IN_EFFECT);

    assertThat(alert().state()).isEqualTo(Alert.State.RESOLVED);
  }

  @Test
  void untilItTakesEffectItCanBeUndoneAndOrderedAgain() throws Exception {
    String id = submit(node, "carol@contoso.example", "Waits");
    String fix = fixOf(alerted());
    http.call("POST", fix, "");
    Answer again = http.call("POST", fix, "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("was fixed already; that takes effect at ");
    assertThat(pending()).isEqualTo(1);

    Answer undone = http.call("DELETE", fix, "");

    assertThat(undone.status()).isEqualTo(200);
    assertThat(undone.json().path("state").asText()).isEqualTo("Available");
    assertThat(pending()).isZero();
    pass(node, IN_EFFECT);
    assertThat(enabled()).isTrue();
    assertThat(status(id)).isEqualTo(MessageStatus.PENDING);
    assertThat(http.call("DELETE", fix, "").status()).isEqualTo(409);

    http.call("POST", fix, "");
    pass(node, IN_EFFECT);
    assertThat(status(id)).isEqualTo(MessageStatus.FAILED);
    Answer late = http.call("DELETE", fix, "");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("took effect at");
  }

  @Test
  void aRestartForgetsNoOrder() throws Exception {
    String id = submit(node, "carol@contoso.example", "Waits");
    String fix = fixOf(alerted());
    http.call("POST", fix, "");
    node.close();
    start();
    assertThat(http.get(fix).json().path("state").asText()).isEqualTo("Pending");

    pass(node, IN_EFFECT);

    assertThat(status(id)).isEqualTo(MessageStatus.FAILED);
    node.close();
    start();
    assertThat(http.get(fix).json().path("state").asText()).isEqualTo("Done");
  }

  @Test
  void itIsForRefusedConnectionsToOurOwnServersOnly() throws Exception {
    submit(node, "p@timeout.example", "Waits");
    Answer other = http.call("POST", fixOf(alerted()), "");

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body())
        .contains("450 4.4.316 Connection refused; the last error of alert", " is 450 4.4.317 ");
    assertThat(http.get("/api/v1/alerts/nosuch/fix").status()).isEqualTo(404);
    assertThat(http.call("POST", "/api/v1/alerts/nosuch/fix", "").status()).isEqualTo(404);
    assertThat(http.call("DELETE", "/api/v1/alerts/nosuch/fix", "").status()).isEqualTo(404);
    assertThat(http.call("POST", fixOf(alert()) + "?reson=x", "").status()).isEqualTo(400);
  }

  @Test
  void itDoesNotApplyToAPartnerOrADisabledConnectorOrWhatIsOver() throws Exception {
    submit(node, "carol@contoso.example", "Waits");
    String fix = fixOf(alerted());
    change("connectors/To%20contoso.example", "{\"connectorType\":\"Partner\"}");
    assertThat(http.get(fix).body()).contains("leads to a partner");
    change("connectors/To%20contoso.example", "{\"connectorType\":null,\"enabled\":false}");
    assertThat(http.get(fix).status()).isEqualTo(409);
    change("connectors/To%20contoso.example", "{\"connectorType\":\"OnPremises\"}");
    assertThat(http.get(fix).body()).contains("is disabled already");

    pass(node, Duration.ofHours(24));
    assertThat(http.get(fix).body()).contains("is over: nothing is left to be fixed");
  }

  private Alert alerted() {
    pass(node, ALERTED);
    return alert();
  }

  private Alert alert() {
    List<Alert> alerts = node.alerts().alerts();
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private static String fixOf(Alert alert) {
    return "/api/v1/alerts/" + alert.id() + "/fix";
  }

  private void mailbox(String name) throws Exception {
    change("domains/contoso.example", "{\"mailboxes\":[\"" + name + "@contoso.example\"]}");
  }

  private void change(String what, String body) throws Exception {
    assertThat(http.call("PATCH", "/api/v1/" + what, body).status()).isEqualTo(200);
  }

  private boolean enabled() {
    return node.connectors().stream()
        .filter(connector -> connector.name().equals(CONNECTOR))
        .allMatch(connector -> connector.enabled());
  }

  private int pending() throws Exception {
    return http.get("/api/v1/domains/contoso.example").json().path("pending").size();
  }

  private MessageStatus status(String id) {
    return node.queue().message(id).orElseThrow().status();
  }

  private List<String> mail(String address) {
    return node.queue().mailbox(Mailbox.of(address), 100, Optional.empty()).items().stream()
        .map(item -> item.subject())
        .toList();
  }
}
