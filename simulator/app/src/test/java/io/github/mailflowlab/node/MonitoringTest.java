package io.github.mailflowlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a running node shows to Prometheus is what the rules and the dashboard ask for. */
@TestInstance(Lifecycle.PER_CLASS)
final class MonitoringTest {
  private static final Path RULES =
      Path.of("../../alerting/src/main/prometheus/mailflow.rules.yml");
  private static final Path DASHBOARD = Path.of("../../alerting/src/main/grafana/mailflow.json");

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*=~?\\s*\"");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:mailflow|jvm|process|system)_\\w+|\\bup\\b");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
  private static final Pattern RULE =
      Pattern.compile("(?m)^ {8}expr: (?:>-\\n((?: {10}.*\\n)+)|(.*)\\n)");

  /** What Prometheus itself adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private NodeWorld world;
  private Node node;
  private String scrape = "";

  @BeforeAll
  void runNode(@TempDir Path folder) throws Exception {
    world = new NodeWorld(folder);
    world.server("dead.example", "tcp.refused");
    world.server("tls.example", "cert.good");
    node = world.start();
    NodeWorld.submit(node, "bob@dead.example", "Waits");
    NodeWorld.submit(node, "bob@tls.example", "Arrives");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              scrape = scrape();
              return scrape.contains("kind=\"send\"") && scrape.contains("kind=\"defer\"");
            });
  }

  @AfterAll
  void close() {
    node.close();
    world.close();
  }

  @Test
  void rulesAskForWhatIsThere() throws Exception {
    List<String> expressions =
        RULE.matcher(Files.readString(RULES))
            .results()
            .map(rule -> rule.group(1) == null ? rule.group(2) : rule.group(1))
            .toList();
    assertThat(expressions).hasSize(11).allSatisfy(this::asksForWhatIsThere);
  }

  @Test
  void theDashboardAsksForWhatIsThere() throws Exception {
    JsonNode dashboard = Json.tree(Files.readString(DASHBOARD));
    List<JsonNode> panels = dashboard.findValues("targets");
    assertThat(panels).hasSizeGreaterThan(10);
    for (JsonNode targets : panels) {
      assertThat(targets).isNotEmpty();
      targets.forEach(target -> asksForWhatIsThere(target.path("expr").asText()));
    }
  }

  @Test
  void everyMetricSaysWhatItIs() {
    assertThat(metrics()).contains("mailflow_events_total");
    for (String name : metrics()) {
      String family = name.replaceAll("_(bucket|count|sum)$", "");
      assertThat(scrape).containsPattern("(?m)^# HELP " + family + " \\S.*\\n# TYPE ");
    }
  }

  @Test
  void aNewConnectorIsShownAtTheNextScrape() throws Exception {
    HttpResponse<String> made =
        send(
            HttpRequest.newBuilder(uri("/api/v1/connectors/Later"))
                .header("Content-Type", "application/json")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"recipientDomains\":[\"later.example\"],\"smartHosts\":[\"[127.0.0.1]:2\"]}"))
                .build());
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(scrape()).contains("mailflow_queue_messages{connector=\"Later\"} 0.0");
  }

  private void asksForWhatIsThere(String expression) {
    Set<String> asked = new TreeSet<>();
    METRIC.matcher(expression).results().forEach(metric -> asked.add(metric.group()));
    asked.remove("up");
    assertThat(metrics()).as(expression).containsAll(asked);
    Set<String> labels = new TreeSet<>();
    LABEL.matcher(expression).results().forEach(label -> labels.add(label.group(1)));
    GROUPING
        .matcher(expression)
        .results()
        .forEach(names -> labels.addAll(List.of(names.group(1).split(",\\s*"))));
    assertThat(labels()).as(expression).containsAll(labels);
  }

  private Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    SAMPLE.matcher(scrape).results().forEach(sample -> names.add(sample.group(1)));
    return names;
  }

  private Set<String> labels() {
    Set<String> names = new TreeSet<>(OF_PROMETHEUS);
    LABEL.matcher(scrape).results().forEach(label -> names.add(label.group(1)));
    return names;
  }

  private String scrape() throws Exception {
    return send(HttpRequest.newBuilder(uri("/metrics")).build()).body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
