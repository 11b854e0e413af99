package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import io.github.mailflowlab.settings.LabSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Each lesson, done by a learner who types what the solution says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainCommandTest {
  private static final String PROGRAM = "$ simulator/mailflow ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final LabSettings.Listen ANYWHERE = new LabSettings.Listen(ANY_PORT, ANY_PORT);

  /** For what leaves no trace. */
  private Classroom shared;

  @BeforeAll
  void openClassroom() throws Exception {
    shared = Classroom.open("greylisting", ANYWHERE);
  }

  @AfterAll
  void closeClassroom() {
    shared.close();
  }

  static List<String> lessons() {
    return Program.run("train", "list", "--json").json().path("lessons").findValues("id").stream()
        .map(JsonNode::asText)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void aLessonIsSolvedByItsSolutionAndBrokenAgainByReset(String lesson) throws Exception {
    try (Classroom classroom = Classroom.open(lesson, ANYWHERE)) {
      assertUnsolved(classroom);
      solve(classroom);
      assertSolved(classroom);

      Program reset = run(classroom, "train reset");
      assertThat(reset.status()).as(reset.err()).isZero();
      assertUnsolved(classroom);

      for (JsonNode command : run(classroom, "train status --json").json().path("commands")) {
        assertThat(isCommand(command.asText())).as(command.asText()).isTrue();
      }
    }
  }

  @Test
  void whatAnInstructorBreaksIsWhatTheCheckThenFailsFor() throws Exception {
    try (Classroom classroom = Classroom.open("certificate-expired", ANYWHERE)) {
      solve(classroom);
      assertSolved(classroom);

      assertThat(run(classroom, "train inject mail.contoso.example tcp.refused").status()).isZero();
      assertThat(run(classroom, "train check").out())
          .contains("[ ] A new attempt gets through (450 4.4.316 Connection refused, at stage")
          .contains("[x] The mail is delivered");
      assertThat(run(classroom, "host list").out()).contains("stopped");

      run(classroom, "host set mail.contoso.example --service running");
      assertSolved(classroom);
    }
  }

  @Test
  void thePageOfTheSimulatorShowsWhatIsPrinted() throws Exception {
    String page = Files.readString(Path.of("../README.md"));
    int start = page.indexOf(PROGRAM + "train start service-stopped");
    try (Classroom classroom = Classroom.open("service-stopped", ANYWHERE)) {
      // What it is about is told at the start, and again by this.
      List<String> printed = printed(classroom, "train status");
      for (String line : page.substring(start, page.indexOf("```", start)).lines().toList()) {
        if (line.startsWith(PROGRAM) && !line.contains("train start")) {
          printed = printed(classroom, line.substring(PROGRAM.length()));
        } else if (!line.matches("…|mailflow ready .*|.*train start.*")) {
          assertThat(printed).contains(normal(line));
        }
      }
      assertThat(printed).endsWith("Solved.");
    }
  }

  private static List<String> printed(Classroom classroom, String line) {
    return run(classroom, line).out().lines().map(TrainCommandTest::normal).toList();
  }

  /** Without ids and ports, which are others each time. */
  private static String normal(String line) {
    return line.replaceAll("\\ba[0-9a-z]{9}\\b", "ID")
        .replaceAll("\\b\\d{4,5}\\b", "PORT")
        .replaceAll("\\s+", " ");
  }

  @Test
  void hintsComeOneByOneAndBeginAnewAfterAReset() {
    run(shared, "train reset");
    assertThat(run(shared, "train hint").out()).startsWith("Hint 1 of 2: ");
    assertThat(run(shared, "train status").out()).endsWith("Hints given: 1 of 2\n");
    assertThat(run(shared, "train hint").out()).startsWith("Hint 2 of 2: ");
    assertThat(run(shared, "train hint").out()).startsWith("All hints have been given (2 of 2)");
    assertThat(run(shared, "train hint --json").json().path("hint").isNull()).isTrue();
    run(shared, "train reset");
    assertThat(run(shared, "train hint").out()).startsWith("Hint 1 of 2: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train inject mail.contoso.exampel tcp.refused | 2 | did you mean mail.contoso.example?",
        "train inject mail.contoso.example tcp.refusd  | 2 | did you mean tcp.refused?",
        "host show mial.contoso.example                | 1 | did you mean mail.contoso.example?",
        "host set mail.contoso.example                 | 2 | Nothing to change",
        "host set mail.contoso.example --service runing | 2 | did you mean running?",
        "host set mail.contoso.example --servic running | 2 | --service",
        "dns set mail.contoso.example A 10.0.0.1       | 2 | expected: 127.x.y.z",
        "dns set mail.contoso.example MX 127.0.0.1     | 2 | expected: A",
        "dns set mail.contoso.example A                | 2 | ADDRESS",
        "dns remove other.example                      | 1 | There is no host other.example",
      })
  void aWrongWordIsNamedWithTheNearestRightOne(String line, int status, String message) {
    Program program = run(shared, line);

    assertThat(program.status()).isEqualTo(status);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aLessonThatDoesNotExistIsWrongUsage() {
    Program program = Program.run("train", "start", "greylistng");

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err())
        .isEqualTo(
            "There is no lesson greylistng (did you mean greylisting?)"
                + " (see: mailflow train list).\n");
  }

  @Test
  void aLessonWhosePortIsTakenDoesNotStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      Program program =
          Program.run("train", "start", "greylisting", "--smtp", "127.0.0.1:0", "--http", address);

      assertThat(program.status()).isEqualTo(2);
      assertThat(program.out()).isEmpty();
      assertThat(program.err()).contains(address).hasLineCount(1);
    }
  }

  @Test
  void anInstanceWithoutALessonSaysSo(@TempDir Path data) throws Exception {
    try (NodeWorld world = new NodeWorld(data);
        Node node = world.start()) {
      String url = "http://127.0.0.1:" + node.httpAddress().getPort();
      for (String command : List.of("status", "hint", "check", "solution", "reset")) {
        Program program = Program.run("train", command, "--url", url);

        assertThat(program.status()).as(command).isEqualTo(1);
        assertThat(program.err()).startsWith("No lesson is going on here (begin one: ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train check", "train hint", "host list", "dns show"})
  void anInstanceThatIsNotThereCannotBeReached(String line) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> words = words(line);
    words.addAll(List.of("--url", "http://127.0.0.1:" + port));

    assertThat(Program.run(words.toArray(String[]::new)).status()).isEqualTo(3);
  }

  private static void solve(Classroom classroom) {
    JsonNode solution = run(classroom, "train solution --json").json();
    StreamSupport.stream(solution.path("commands").spliterator(), false)
        .map(JsonNode::asText)
        .forEach(
            command -> {
              Program done = run(classroom, command);
              assertThat(done.status()).as(command + ": " + done.err()).isZero();
            });
  }

  private static void assertSolved(Classroom classroom) {
    Program check = run(classroom, "train check");
    assertThat(check.out()).doesNotContain("[ ]").endsWith("Solved.\n");
    assertThat(check.status()).isZero();
  }

  private static void assertUnsolved(Classroom classroom) {
    Program check = run(classroom, "train check");
    assertThat(check.status()).as(check.out() + check.err()).isEqualTo(1);
    assertThat(check.out()).contains("[ ]").endsWith("Not yet.\n");
  }

  private static Program run(Classroom classroom, String line) {
    List<String> words = words(line);
    words.addAll(List.of("--url", classroom.url()));
    return Program.run(words.toArray(String[]::new));
  }

  /** A command line as a shell takes it apart. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  private static boolean isCommand(String line) {
    Map<String, CommandLine> known = MailFlow.commandLine().getSubcommands();
    for (String word : words(line)) {
      if (known.isEmpty()) {
        return true;
      }
      CommandLine next = known.get(word);
      if (next == null) {
        return false;
      }
      known = next.getSubcommands();
    }
    return known.isEmpty();
  }
}
