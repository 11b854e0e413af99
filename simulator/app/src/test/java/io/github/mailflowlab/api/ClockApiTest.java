package io.github.mailflowlab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would spoil the lab for {@link ApiTest}. */
class ClockApiTest {
  private static final String ADVANCE = "/api/v1/clock/advance";
  private static final String TO_EXPIRY = "{\"to\":\"expiry\"}";

  @Test
  void theClockAdvancesToTheNextExpiryWhichReturnsTheMail(@TempDir Path data) throws Exception {
    try (NodeWorld world = new NodeWorld(data)) {
      world.server("refused.example", "tcp.refused");
      try (Node node = world.start()) {
        node.clock().pause();
        HttpCaller http = new HttpCaller(node.httpAddress());
        String id = NodeWorld.submit(node, "bob@refused.example", "Expires");
        JsonNode message = http.get("/api/v1/messages/" + id).json();

        Answer advanced = http.post(ADVANCE, TO_EXPIRY);

        assertThat(advanced.status()).isEqualTo(200);
        assertThat(advanced.json().path("now")).isEqualTo(message.path("expires"));
        JsonNode returned = http.get("/api/v1/messages/" + id).json();
        assertThat(returned.path("status").asText()).isEqualTo("Failed");
        assertThat(returned.path("attempts").asInt()).isEqualTo(151);
        Answer nothingLeft = http.post(ADVANCE, TO_EXPIRY);
        assertThat(nothingLeft.status()).isEqualTo(400);
        assertThat(nothingLeft.json().path("detail").asText()).contains("no message waits");
      }
    }
  }

  @Test
  void takesABodyThatCallsItselfAForm(@TempDir Path data) throws Exception {
    try (NodeWorld world = new NodeWorld(data);
        Node node = world.start()) {
      HttpCaller http = new HttpCaller(node.httpAddress());

      Answer advanced =
          http.call(
              "POST",
              ADVANCE,
              "{\"by\":\"PT0S\"}",
              "Content-Type",
              "application/x-www-form-urlencoded");

      assertThat(advanced.status()).isEqualTo(200);
    }
  }

  @Test
  void aClockThatMustNotBeSteeredIsNot(@TempDir Path data) throws Exception {
    try (NodeWorld world = new NodeWorld(data);
        Node node = world.start()) {
      ClockResource resource = new ClockResource(node.clock(), node.queue(), false);

      assertThatThrownBy(
              () -> resource.change(AggregatedHttpRequest.of(HttpMethod.PATCH, "/api/v1/clock")))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("time.steerable");
      assertThat(resource.show().aggregate().join().status().code()).isEqualTo(200);
    }
  }
}
