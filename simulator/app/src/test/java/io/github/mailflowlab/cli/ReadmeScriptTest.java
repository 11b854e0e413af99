package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the simulator's page shows is what happens: its configuration is read, its commands are run,
 * and they print its lines, apart from times, ids and white space. A line of … stands for any.
 */
final class ReadmeScriptTest {
  private static final Path README = Path.of("../README.md");
  private static final Pattern BLOCK = Pattern.compile("```(yaml)?\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern MAILS = Pattern.compile("\\$ seq .* (\\d+) \\| split .*");
  private static final String PROGRAM = "$ simulator/mailflow ";
  private static final String SINK = PROGRAM + "bench sink";
  private static final String START = PROGRAM + "run --config lab.yaml &";
  private static final String SHOWN_PORT = "2526";

  @TempDir private Path folder;
  private Lab lab;
  private StagedFault server;
  private Node node;
  private List<String> blocks;

  @BeforeEach
  void startNode() throws Exception {
    lab = Lab.start(SystemTime.source());
    server = lab.stage("tcp.refused");
    blocks =
        BLOCK
            .matcher(Files.readString(README))
            .results()
            .map((MatchResult block) -> block.group(2))
            .toList();
    Path config = folder.resolve("lab.yaml");
    Files.writeString(
        config,
        blocks.get(0).replace(":" + SHOWN_PORT, ":" + server.smartHost().port())
            + "listen: { smtp: \"127.0.0.1:0\", http: \"127.0.0.1:0\" }\n");
    node = Node.start(Valid.of(SettingsReader.read(config)), 1);
  }

  @AfterEach
  void close() {
    node.close();
    lab.close();
  }

  @Test
  void fixNowBringsTheMailOfAServerThatIsGoneToAnEnd() throws Exception {
    follow(blocks.get(1));
  }

  @Test
  void afterARepairTheQueueDrainsInTheOrderReceived() throws Exception {
    follow(blocks.get(2));

    assertThat(server.received())
        .extracting(
            message ->
                new String(message.content(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith("Subject: "))
                    .findFirst()
                    .orElseThrow())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 300).mapToObj(ReadmeScriptTest::subject).toList());
  }

  private void follow(String script) throws IOException {
    List<String> printed = List.of();
    List<String> shown = new ArrayList<>();
    for (String line : script.lines().toList()) {
      if (line.startsWith("$ ")) {
        assertShown(shown, printed);
        shown.clear();
        printed = run(line);
      } else if (!line.isEmpty()) {
        shown.add(normal(line));
      }
    }
    assertShown(shown, printed);
  }

  private static void assertShown(List<String> shown, List<String> printed) {
    List<String> left = new ArrayList<>(printed);
    boolean any = false;
    for (String line : shown) {
      if (line.equals("…")) {
        any = true;
      } else if (any) {
        assertThat(left).contains(line);
        left = left.subList(left.indexOf(line) + 1, left.size());
        any = false;
      } else {
        assertThat(left).first().isEqualTo(line);
        left = left.subList(1, left.size());
      }
    }
    assertThat(any || shown.isEmpty() ? List.of() : left).isEmpty();
  }

  private List<String> run(String line) throws IOException {
    Matcher mails = MAILS.matcher(line);
    if (mails.matches()) {
      writeMails(Integer.parseInt(mails.group(1)));
      return List.of();
    }
    if (line.startsWith(SINK)) {
      server.repair();
      return List.of();
    }
    assertThat(line).startsWith(PROGRAM);
    return line.equals(START) ? List.of() : program(line.substring(PROGRAM.length()));
  }

  private List<String> program(String line) throws IOException {
    List<String> words = new ArrayList<>();
    for (MatchResult word : WORD.matcher(line).results().toList()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      if (text.equals("mail-*.eml")) {
        words.addAll(mails());
      } else {
        words.add(text.equals("ALERT") ? node.alerts().alerts().get(0).id() : text);
      }
    }
    words.addAll(List.of("--url", "http://127.0.0.1:" + node.httpAddress().getPort()));
    Program program = Program.run(words.toArray(String[]::new));
    return Stream.of(program.out(), program.status() == MailFlow.OK ? "" : program.err())
        .flatMap(String::lines)
        .map(this::asShown)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String subject(int number) {
    return "Subject: Mail " + "0".repeat(3 - String.valueOf(number).length()) + number;
  }

  private void writeMails(int count) throws IOException {
    for (int number = 1; number <= count; number++) {
      String name = subject(number - 1).replace("Subject: Mail ", "mail-") + ".eml";
      Files.writeString(folder.resolve(name), subject(number) + "\n");
    }
  }

  private List<String> mails() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".eml")).sorted().toList();
    }
  }

  private String asShown(String line) {
    return normal(
        line.replace(folder + "/", "").replace(":" + server.smartHost().port(), ":" + SHOWN_PORT));
  }

  private static String normal(String line) {
    return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("\\b(20[0-9a-z]{9}|a[0-9a-z]{9})\\b", "ID")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
