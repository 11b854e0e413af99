package io.github.mailflowlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.document.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook whose receiver is down while the node runs, and up when it runs again. */
final class WebhookNodeTest {
  @TempDir private Path data;

  @Test
  void isToldByTheNextRunWhatItMissed() throws Exception {
    Queue<String> bodies = new ConcurrentLinkedQueue<>();
    AtomicInteger status = new AtomicInteger(503);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.start();
    try (NodeWorld world = new NodeWorld(data)) {
      world.server("onprem.example", "tcp.refused");
      world.webhook(
          Webhook.parse("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
              .orElseThrow());
      Alert alert;
      try (Node node = world.start()) {
        node.clock().pause();
        NodeWorld.submit(node, "bob@onprem.example", "Waits");
        NodeWorld.pass(node, Duration.ofMinutes(61));
        alert = node.alerts().alerts().get(0);
        assertThat(bodies).isNotEmpty();
      }
      bodies.clear();
      status.set(200);

      try (Node node = world.start()) {
        await().until(() -> !bodies.isEmpty());
        node.work().awaitQuiet();
        assertThat(bodies).hasSize(1);
        assertThat(Json.tree(bodies.remove()).path("id").asText()).isEqualTo(alert.id());
        assertThat(node.alerts().alerts()).hasSize(1);
      }
      try (Node node = world.start()) {
        node.work().awaitQuiet();
        assertThat(bodies).isEmpty();
      }
    } finally {
      receiver.stop(0);
    }
  }
}
