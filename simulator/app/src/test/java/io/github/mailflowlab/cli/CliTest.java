package io.github.mailflowlab.cli;

import static io.github.mailflowlab.node.NodeWorld.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliTest {
  private static final String CONTROLS = "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]";

  private Path folder;
  private NodeWorld world;
  private Node node;
  private String url;

  /** Waits behind a refused host. */
  private String waiting;

  private StagedFault good;

  @BeforeAll
  void startNode(@TempDir Path temporary) throws Exception {
    folder = temporary;
    world = new NodeWorld(temporary.resolve("data"));
    world.server("refused.example", "tcp.refused");
    good = world.healthyServer("good.example");
    node = world.start();
    node.clock().pause();
    url = "http://127.0.0.1:" + node.httpAddress().getPort();
    waiting =
        instance("send", "--to", "bob@refused.example", "--subject", "Waiting", "--json")
            .json()
            .path("messages")
            .path(0)
            .path("id")
            .asText();
    pass(node, Duration.ofHours(2));
  }

  @AfterAll
  void closeNode() {
    node.close();
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nosuch",
        "run --smtp mail.example:25",
        "run --http 0.0.0.0:80",
        "run --config nosuch.yaml",
        "check",
        "check --config nosuch.yaml",
        "send",
        "send --to bob@good.example nosuch.eml",
        "queue",
        "queue show",
        "trace one two",
        "alerts show",
        "alerts dismiss",
        "clock",
        "clock advance",
        "clock advance tomorrow",
        "clock advance P",
        "clock advance 2001-01-01T00:00:00Z",
        "clock speed",
        "clock speed fast",
        "clock speed 0",
        "clock speed NaN",
        "explain",
        "demo --seed x",
        "bench",
        "bench client",
        "bench client mail.example:0",
        "bench client mail.example:25 more",
        "bench client mail.example:25 --messages 0",
        "bench client mail.example:25 --warm-up -1",
        "bench client mail.example:25 --connections 0",
        "bench client mail.example:25 --connections 10001",
        "bench client mail.example:25 --size 0",
        "bench sink --listen 0.0.0.0:2525",
        "bench sink --listen mail.example",
      })
  void wrongUsageIsSaidOnStandardErrorOnly(String line) {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    if (line.matches("(send|queue|trace|alerts|clock).*")) {
      arguments.add("--url");
      arguments.add(url);
    }
    Program program =
        line.isEmpty() ? Program.run() : Program.run(arguments.toArray(String[]::new));

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isNotBlank().doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "http://", "ftp://127.0.0.1", "http://a b", "http://x:99999"})
  void aUrlThatIsNoneIsWrongUsage(String wrong) {
    Program program = Program.run("queue", "list", "--url", wrong);

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err()).contains("--url").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send --to bob@good.example",
        "queue list",
        "queue show q1",
        "queue retry q1",
        "trace",
        "trace abc",
        "alerts list",
        "alerts show abc",
        "clock show",
        "clock advance PT1H",
        "clock speed 2",
        "clock pause",
        "clock resume",
      })
  void anInstanceThatIsNotThereCannotBeReached(String line) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    arguments.addAll(List.of("--json", "--url", "http://127.0.0.1:" + port));

    Program program = Program.run(arguments.toArray(String[]::new));

    assertThat(program.status()).isEqualTo(3);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).startsWith("Cannot reach a running instance").hasLineCount(1);
  }

  @Test
  void helpAndVersionAreNoErrors() {
    assertThat(Program.run("--help").status()).isZero();
    assertThat(Program.run("--help").out()).startsWith("Usage: mailflow");
    assertThat(Program.run("queue", "list", "--help").status()).isZero();
    assertThat(Program.run("--version").out()).startsWith("mailflow ");
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws Exception {
    Path config = Files.writeString(folder.resolve("in-use.yaml"), "data: ./in-use\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      Program program =
          Program.run(
              "run", "--config", config.toString(), "--smtp", address, "--http", "127.0.0.1:0");

      assertThat(program.status()).isEqualTo(2);
      assertThat(program.out()).isEmpty();
      assertThat(program.err()).contains(address).hasLineCount(1);
      assertThat(folder.resolve("in-use")).as("data directory").doesNotExist();
    }
  }

  @Test
  void aKnownCodeIsExplained() {
    Program text = Program.run("explain", "4.4.316");
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .startsWith("4.4.316  Connection refused")
        .contains("\nPossible causes\n", "\nHow to tell which\n", "\nWhat to do\n", "partner");

    Program json = Program.run("explain", "4.4.316", "--json");
    assertThat(json.status()).isZero();
    assertThat(json.json().path("code").asText()).isEqualTo("4.4.316");
    assertThat(json.json().path("whatToDo")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "4.4", "\u001b[31m4.4.316", "1.2.3"})
  void anUnknownCodeIsNot(String code) {
    Program program = Program.run("explain", code, "--json");

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).hasLineCount(1).doesNotContainPattern(CONTROLS);
  }

  @Test
  void theNearestCodesOfAnUnknownOneAreNamed() {
    Program program = Program.run("explain", "4.4.319");

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("4.4.319", "4.4.318, 4.4.317, 4.4.316");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4.4.312", "4.4.315", "4.4.316", "4.4.317", "4.4.318", "4.7.320", "5.4.312", "5.4.315",
        "5.4.316", "5.4.317", "5.4.318", "5.7.320", "5.4.300", "5.4.310", "5.1.10", "5.1.351",
        "5.0.350", "5.4.1", "5.4.4", "5.4.14", "5.3.2", "5.3.4", "5.6.0", "5.6.3", "5.6.7", "5.6.9",
        "4.3.0", "4.3.1", "4.3.2", "4.4.2", "4.5.3", "4.7.0", "5.1.3", "5.1.7", "5.5.1", "5.5.2",
        "5.5.4", "5.6.11", "5.7.1"
      })
  void everyCodeThatTheProgramShowsIsExplained(String code) {
    assertThat(Program.run("explain", code).out()).startsWith(code + "  ").contains("What to do");
  }

  @Test
  void aWholeErrorTellsMoreThanItsCode() {
    Program program =
        Program.run("explain", "450 4.7.320 Certificate validation failed [Message=UntrustedRoot]");

    assertThat(program.out()).startsWith("4.7.320  ").contains("leads to no authority");
  }

  @Test
  void aRightConfigurationIsRight() throws Exception {
    Path config = Files.writeString(folder.resolve("right.yaml"), "data: ./lab\n");

    Program program = Program.run("check", "--config", config.toString());

    assertThat(program.status()).isZero();
    assertThat(program.out()).contains("right.yaml is right").hasLineCount(1);
    JsonNode json = Program.run("check", "--config", config.toString(), "--json").json();
    assertThat(json.path("succeeded").asBoolean()).isTrue();
    assertThat(json.path("problems")).isEmpty();
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  @Test
  void aWrongConfigurationIsReportedWithEveryProblemAndItsLine() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            "listen: { smtp: nowhere }\nretry: { expiry: PT1H }\n\"\\e[31mcolour\": red\n");

    Program program = Program.run("check", "--config", config.toString());

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err().lines())
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).contains("wrong.yaml:1: listen.smtp"),
            second -> assertThat(second).contains("wrong.yaml:2: retry.expiry"),
            third -> assertThat(third).contains("wrong.yaml:3: ", "colour"));
    assertThat(program.err()).doesNotContainPattern(CONTROLS);

    Program json = Program.run("check", "--config", config.toString(), "--json");
    assertThat(json.status()).isEqualTo(2);
    assertThat(json.err()).isEmpty();
    assertThat(json.json().path("succeeded").asBoolean()).isFalse();
    assertThat(json.json().path("problems")).hasSize(3);
    assertThat(json.json().path("problems").path(1).path("line").asInt()).isEqualTo(2);
  }

  @Test
  void aFileIsSentAsItIs() throws Exception {
    Path mail = Files.writeString(folder.resolve("file.eml"), "Subject: From a file\n\nHello.\n");

    Program program = instance("send", "--to", "bob@good.example", mail.toString(), "--json");
    node.work().awaitQuiet();

    assertThat(program.status()).isZero();
    assertThat(program.err()).isEmpty();
    JsonNode sent = program.json().path("messages").path(0);
    assertThat(sent.path("file").asText()).isEqualTo(mail.toString());
    assertThat(sent.path("accepted").path(0).asText()).isEqualTo("bob@good.example");
    assertThat(good.received())
        .anySatisfy(
            received ->
                assertThat(new String(received.content(), StandardCharsets.US_ASCII))
                    .endsWith("Subject: From a file\r\n\r\nHello.\r\n"));
  }

  @Test
  void aSubjectOfTwoLinesIsWrongUsage() {
    Program program = instance("send", "--to", "bob@good.example", "--subject", "a\r\nX-B: c");

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err()).contains("one line");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThat(instance("send", "--to", "bob").status()).isEqualTo(1);
    assertThat(instance("send", "--to", "bob@good.example", "--from", "x").status()).isEqualTo(1);
  }

  @Test
  void aRefusedRecipientIsAFailure() {
    Program text = instance("send", "--to", "bob@good.example", "--to", "bob@nowhere.example");
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out()).startsWith("queued as ").hasLineCount(1);
    assertThat(text.err())
        .contains("refused for bob@nowhere.example: 550 5.4.4 No connector for this domain");

    Program json = instance("send", "--to", "bob@nowhere.example", "--json");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.json().path("messages").path(0).get("id").isNull()).isTrue();
    assertThat(json.json().path("messages").path(0).path("rejected")).hasSize(1);
  }

  @Test
  void aMailThatSmtpCannotCarryIsAFailureOfThatFileOnly() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.eml"), "Subject: x\r\n\r\na\rb\r\n");
    Path fine = Files.writeString(folder.resolve("fine.eml"), "Subject: x\r\n\r\nab\r\n");

    Program program =
        instance("send", "--to", "bob@good.example", bad.toString(), fine.toString(), "--json");

    assertThat(program.status()).isEqualTo(1);
    JsonNode messages = program.json().path("messages");
    assertThat(messages.path(0).path("rejected").path(0).path("reply").asText())
        .contains("Line 3", "carriage return");
    assertThat(messages.path(1).hasNonNull("id")).isTrue();
  }

  @Test
  void aFileThatIsNotThereKeepsTheOthersFromBeingSent() throws Exception {
    Path fine = Files.writeString(folder.resolve("fine-too.eml"), "Subject: x\r\n\r\nab\r\n");
    String missing = folder.resolve("missing.eml").toString();
    int before = messages();

    Program program = instance("send", "--to", "bob@good.example", fine.toString(), missing);

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err()).contains(missing, "no such file").hasLineCount(1);
    assertThat(messages()).isEqualTo(before);
  }

  private int messages() {
    return instance("trace", "--json").json().path("messages").size();
  }

  @Test
  void queuesAreListedShownAndTried() {
    String id = idOfRefusedQueue();

    assertThat(instance("queue", "list").out())
        .startsWith("ID ")
        .contains("To refused.example", "Retry", "450 4.4.316 Connection refused");
    assertThat(instance("queue", "show", id).out()).contains("lastError", waiting);
    assertThat(
            instance("queue", "show", id, "--json").json().path("messages").findValuesAsText("id"))
        .contains(waiting);
    assertThat(instance("queue", "retry", id).out())
        .isEqualTo("Queue " + id + " is being tried.\n");
  }

  private String idOfRefusedQueue() {
    for (JsonNode queue : instance("queue", "list", "--json").json().path("queues")) {
      if (queue.path("connector").asText().equals("To refused.example")) {
        return queue.path("id").asText();
      }
    }
    throw new AssertionError("no such queue");
  }

  @ParameterizedTest
  @CsvSource({
    "queue show nosuch, There is no queue nosuch.",
    "queue retry nosuch, There is no queue nosuch.",
    "trace nosuch, There is no message nosuch.",
    "alerts show nosuch, There is no alert nosuch.",
    "alerts resolve nosuch, There is no alert nosuch."
  })
  void whatIsNotThereIsAFailure(String line, String reason) {
    Program program = instance(line.split(" "));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isEqualTo(reason + "\n");
  }

  @Test
  void aMessageIsTraced() {
    Program text = instance("trace", waiting);
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .contains("subject                Waiting", "Receive", "Defer", "450 4.4.316");
    assertThat(instance("trace").out()).contains(waiting);
    assertThat(instance("trace", waiting, "--json").json().path("events")).isNotEmpty();
  }

  @Test
  void alertsAreListedAndShown() {
    JsonNode alert = instance("alerts", "list", "--json").json().path("alerts").path(0);
    String id = alert.path("id").asText();

    assertThat(instance("alerts", "list").out()).contains(id, "High", "To ");
    assertThat(instance("alerts", "show", id).out()).contains("How to fix", "  - ");
    assertThat(instance("alerts", "show", id, "--json").json()).isEqualTo(alert);
  }

  @Test
  void anAlertIsClosedOnceAndSaysByWhomAndWhy() {
    String id =
        instance("alerts", "list", "--json").json().path("alerts").path(0).path("id").asText();

    assertThat(instance("alerts", "investigate", id).out())
        .isEqualTo("Alert " + id + " is Investigating.\n");
    assertThat(instance("alerts", "dismiss", id, "--comment", "moved away & gone").status())
        .isZero();

    assertThat(instance("alerts", "show", id).out()).contains("by cli: moved away & gone");
    Program again = instance("alerts", "resolve", id);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo("Alert " + id + " is Dismissed, so it cannot become Resolved.\n");
  }

  @Test
  void theClockIsShownAndSteered() {
    Instant start = node.clock().instant();

    assertThat(instance("clock", "show").out()).contains("now  ", start.toString(), "paused");
    JsonNode clock = instance("clock", "advance", "PT1M", "--json").json();
    assertThat(Instant.parse(clock.path("now").asText())).isEqualTo(start.plusSeconds(60));
    assertThat(instance("clock", "advance", "next").status()).isZero();
    assertThat(instance("clock", "advance", "PT0S", "--no-wait").status()).isZero();
    assertThat(instance("clock", "speed", "2", "--json").json().path("speed").asDouble())
        .isEqualTo(2);
    assertThat(instance("clock", "resume", "--json").json().path("paused").asBoolean()).isFalse();
    assertThat(instance("clock", "pause", "--json").json().path("paused").asBoolean()).isTrue();
  }

  @Test
  void controlCharactersOfAMailNeverReachTheTerminal() throws Exception {
    byte[] mail =
        "Subject: \u001b[31mred\u0007 =?utf-8?Q?=C2=9B31m=1B]0;title=07?=\r\n\r\nHello.\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    Path file = Files.write(folder.resolve("control.eml"), mail);
    String id =
        instance("send", "--to", "bob@refused.example", file.toString(), "--json")
            .json()
            .path("messages")
            .path(0)
            .path("id")
            .asText();

    for (String line : List.of("trace " + id, "trace", "trace --json", "trace --json " + id)) {
      Program program = instance(line.split(" "));
      assertThat(program.status()).isZero();
      assertThat(program.out()).contains("red").doesNotContainPattern(CONTROLS);
    }
  }

  /** A command about the running instance. */
  private Program instance(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", url));
    return Program.run(all.toArray(String[]::new));
  }
}
