package io.github.mailflowlab.cli;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reports of a node: one server refuses connections, one takes mail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportCommandTest {
  private static final String REFUSED = "To refused.example";
  private static final String GOOD = "To good.example";

  private NodeWorld world;
  private Node node;

  @BeforeAll
  void anHourOfMail(@TempDir Path data) throws Exception {
    world = new NodeWorld(data);
    world.server("refused.example", "tcp.refused");
    world.healthyServer("good.example");
    node = world.start();
    node.clock().pause();
    submit(node, "old@refused.example", "Old");
    submit(node, "b@good.example", "Goes");
    pass(node, Duration.ofMinutes(30));
    submit(node, "young@refused.example", "Young");
    pass(node, Duration.ofMinutes(30));
  }

  @AfterAll
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void listsWhatHasBeenQueuedForAnHourBehindEachConnector() {
    assertThat(run("report", "queued").out())
        .containsPattern(
            REFUSED
                + " +1 +20\\S+Z +PT23H +\\S+:\\d+ +450 4.4.316 Connection refused Socket error code"
                + " 10061\\R")
        .containsPattern(GOOD + " +0 +- +- +\\S+:\\d+ +-\\R");
  }

  @Test
  void showsOfOneConnectorHowToFixItAndTheMessagesThatAreLate() {
    assertThat(run("report", "queued", "to REFUSED.example").out())
        .containsPattern("connector +" + REFUSED)
        .containsPattern("alert +a[0-9a-z]+")
        .contains("How to fix", "use Fix now", "old@refused.example")
        .doesNotContain("young@refused.example");
    JsonNode good = run("report", "queued", GOOD, "--json").json();
    assertThat(good.path("advice").isEmpty()).isTrue();
    assertThat(good.path("messages").isEmpty()).isTrue();
    assertThat(good.path("alert").isNull()).isTrue();
  }

  @Test
  void showsHowAConnectorDidOverTime() {
    JsonNode refused = run("report", "health", REFUSED, "--json").json();
    assertThat(refused.path("bucket").asText()).isEqualTo("PT15M");
    long attempts = 0;
    for (JsonNode bucket : refused.path("buckets")) {
      attempts += bucket.path("attempts").asLong();
      assertThat(bucket.path("deferred").path("4.4.316").asLong())
          .isEqualTo(bucket.path("attempts").asLong())
          .isPositive();
      assertThat(bucket.path("tls").isEmpty()).isTrue();
    }
    // At once, 4 times after a minute, 6 times after five, and the first of those after ten.
    assertThat(attempts).isEqualTo(13);

    assertThat(run("report", "health", GOOD).out())
        .containsPattern("20\\S+Z +1 +1 +- +- +TLSv1\\.3: 1\\R");
    String after = node.clock().instant().plus(Duration.ofHours(1)).toString();
    assertThat(run("report", "health", GOOD, "--since", after, "--json").json().path("buckets"))
        .isEmpty();
  }

  @Test
  void countsRecipientsThatDoNotExistByDomain() throws Exception {
    Program refused = run("send", "--to", "nobody@strict.example");
    assertThat(refused.status()).isEqualTo(1);

    assertThat(run("report", "invalid").out())
        .containsPattern("strict.example +1 +0 +1000 +false")
        .containsPattern("contoso.example +0 +0 +1000 +false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | report queued nosuch                | no connector nosuch",
        "1 | report health nosuch                | no connector nosuch",
        "2 | report health nosuch --since today  | since: expected an instant",
        "2 | report health                       | Missing required parameter",
      })
  void whatCannotBeIsSaidWithTheRightStatus(int status, String line, String reason) {
    Program program = run(line.split(" +"));

    assertThat(program.status()).isEqualTo(status);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains(reason);
  }

  private Program run(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.add("--url");
    line.add("http://127.0.0.1:" + node.httpAddress().getPort());
    return Program.run(line.toArray(String[]::new));
  }
}
