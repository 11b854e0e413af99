package io.github.mailflowlab.node;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.pressure.Marks;
import io.github.mailflowlab.pressure.PressureSettings;
import io.github.mailflowlab.queue.MessageStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk is under its floor. */
final class PressureNodeTest {
  private static final String MAIL = "Subject: x\r\n\r\nHello.\r\n";

  @TempDir private Path data;

  @Test
  void putsNewMailOffAndGoesOnDelivering() throws Exception {
    try (NodeWorld world = new NodeWorld(data)) {
      StagedFault server = world.server("onprem.example", "tcp.refused");
      String id;
      try (Node node = world.start()) {
        id = submit(node, "bob@onprem.example", "Waits");
        assertThat(get(node, "/api/v1/status").body()).contains("\"level\":\"open\"");
      }
      server.repair();
      Marks noDiskHasSoMuch = new Marks(0x1p60, 0x1p59);
      world.pressure(
          new PressureSettings(
              PressureSettings.DEFAULT.lag(),
              PressureSettings.DEFAULT.heap(),
              Optional.of(noDiskHasSoMuch)));
      try (Node node = world.start()) {
        node.clock().pause();
        try (SocketClient client = new SocketClient(node.smtpAddress())) {
          client.reply();
          client.ask("EHLO application.example");
          assertThat(client.ask("MAIL FROM:<alice@contoso.example>"))
              .isEqualTo("452 4.3.1 Insufficient system storage");
        }
        assertThat(post(node).statusCode()).isEqualTo(503);
        assertThat(get(node, "/api/v1/status").body()).contains("\"level\":\"closed\"");
        assertThat(get(node, "/metrics").body()).contains("mailflow_intake_level 2.0");

        pass(node, Duration.ofMinutes(1));

        assertThat(node.queue().message(id).orElseThrow().status())
            .isEqualTo(MessageStatus.DELIVERED);
      }
    }
  }

  private static HttpResponse<String> get(Node node, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(node, path)).build());
  }

  private static HttpResponse<String> post(Node node) throws Exception {
    String path = "/api/v1/messages?from=alice@contoso.example&to=bob@onprem.example";
    return send(
        HttpRequest.newBuilder(uri(node, path))
            .header("Content-Type", "message/rfc822")
            .POST(HttpRequest.BodyPublishers.ofString(MAIL))
            .build());
  }

  private static URI uri(Node node, String path) {
    return URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
