package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.audit.ChildProgram;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program is killed while Fix now routes the queue again; the next one ends it. */
final class FixCrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** More than are routed again at a time, so that some wait still when the first has gone back. */
  private static final int UNKNOWN = 300;

  @TempDir private Path folder;
  private URI api = URI.create("http://127.0.0.1/");

  @Test
  void eachMessageEndsOnceThoughTheProgramIsKilledInTheMiddle() throws Exception {
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault host = lab.stage("tcp.refused")) {
      Path config = config(host);
      String fix;
      try (ChildProgram first =
          ChildProgram.launch(
              MailFlow.class,
              config,
              Path.of("target", "fix-crash-1.log"),
              List.of("-Dmailflow.crashpoint=after-ndr:1"),
              List.of())) {
        api = first.http();
        ask("PATCH", "/clock", "{\"paused\":true}");
        ask("PATCH", "/domains/contoso.example", "{\"mailboxes\":[\"bob@contoso.example\"]}");
        submit("bob", "Known");
        for (int i = 0; i < UNKNOWN; i++) {
          submit("carol", "Unknown " + i);
        }
        advance();
        fix = "/alerts/" + get("/alerts").path("alerts").path(0).path("id").asText() + "/fix";
        ask("POST", fix, "");
        assertThatThrownBy(this::advance).isInstanceOf(IOException.class);
      }

      try (ChildProgram next =
          ChildProgram.start(MailFlow.class, config, Path.of("target", "fix-crash-2.log"))) {
        api = next.http();
        // The clock is paused still, and what is due waits with it.
        ask("POST", "/clock/advance", "{\"by\":\"PT1S\"}");
        await().atMost(PATIENCE).until(() -> get(fix).path("state").asText().equals("Done"));
        assertThat(mails("bob")).isOne();
        assertThat(mails("alice")).isEqualTo(UNKNOWN);
        for (JsonNode queue : get("/queues").path("queues")) {
          assertThat(queue.path("messageCount").asInt()).isZero();
        }
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    get("/alerts")
                        .path("alerts")
                        .path(0)
                        .path("state")
                        .asText()
                        .equals("Resolved"));
        assertThat(get("/alerts").path("alerts")).hasSize(1);
      }
    }
  }

  private Path config(StagedFault host) throws IOException {
    return Files.writeString(
        folder.resolve("lab.yaml"),
        """
        organization:
          domains:
            - { name: contoso.example, type: InternalRelay, mailboxes: [alice@contoso.example] }
            - { name: sender.example, type: Authoritative, mailboxes: [alice@sender.example] }
        listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
        data: ./data
        alerts: { threshold: 1 }
        connectors:
          - name: To on-premises
            connectorType: OnPremises
            recipientDomains: ["contoso.example"]
            smartHosts: ["[127.0.0.1]:%d"]
        """
            .formatted(host.smartHost().port()));
  }

  private void submit(String name, String subject) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                uri("/messages?from=alice@sender.example&to=" + name + "@contoso.example"))
            .header("Content-Type", "message/rfc822")
            .POST(BodyPublishers.ofString("Subject: " + subject + "\r\n\r\nHello.\r\n"))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
  }

  private void advance() throws Exception {
    ask("POST", "/clock/advance", "{\"by\":\"PT61M\"}");
  }

  private int mails(String name) throws Exception {
    String domain = name.equals("alice") ? "@sender.example" : "@contoso.example";
    return get("/mailboxes/" + name + domain + "/messages?limit=1000").path("messages").size();
  }

  private JsonNode get(String path) throws Exception {
    return ask("GET", path, "");
  }

  private JsonNode ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isLessThan(300);
    return Json.tree(response.body());
  }

  private URI uri(String path) {
    return URI.create(api + "/api/v1" + path);
  }
}
