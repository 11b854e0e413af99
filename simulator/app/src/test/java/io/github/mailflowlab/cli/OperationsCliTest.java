package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an operator has done by command line, to mail behind a refused host. */
@Execution(ExecutionMode.CONCURRENT)
class OperationsCliTest {
  private Path folder;
  private NodeWorld world;
  private Node node;
  private String id;

  @BeforeEach
  void startNode(@TempDir Path temporary) throws Exception {
    folder = temporary;
    world = new NodeWorld(temporary.resolve("data"));
    world.server("refused.example", "tcp.refused");
    node = world.start();
    node.clock().pause();
    id =
        instance("send", "--to", "bob@refused.example", "--subject", "Waiting", "--json")
            .json()
            .path("messages")
            .path(0)
            .path("id")
            .asText();
    node.work().awaitQuiet();
  }

  @AfterEach
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void aQueueIsSuspendedAndResumed() {
    assertThat(instance("queue", "suspend", "q1", "--reason", "quiet").out())
        .isEqualTo("Queue q1 is suspended." + System.lineSeparator());
    assertThat(instance("queue", "list").out()).contains("Suspended");
    assertThat(instance("trace", id).out()).contains("Queue suspended by cli: quiet");
    Program again = instance("queue", "suspend", "q1");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("is suspended already");
    assertThat(instance("queue", "resume", "q1", "--json").json().path("status").asText())
        .isEqualTo("Retry");
  }

  @Test
  void allMessagesOfAFilterAreRemoved() {
    String[] filter = {"--code", "4.4.316", "--no-ndr", "--dry-run"};
    assertThat(instance(line("message", "remove", filter)).out())
        .isEqualTo("1 messages would be removed, where that applies." + System.lineSeparator());
    assertThat(instance("trace", "--queue", "q1").out()).contains(id);
    assertThat(instance("message", "remove", "--code", "4.4.316", "--no-ndr").out())
        .isEqualTo("1 of 1 messages are removed." + System.lineSeparator());
    assertThat(instance("trace", "--queue", "q1").out()).doesNotContain(id);
    assertThat(instance("trace", id).out())
        .contains("Removed without NDR by cli: (one of: code=4.4.316)");
  }

  @Test
  void saysHowManyOfAllWereLeftAsTheyAre() {
    Program retry = instance("message", "retry", "--all");
    assertThat(retry.status()).isEqualTo(1);
    assertThat(retry.out()).contains("0 of 1 messages are being tried.").contains("is in Retry");
  }

  @Test
  void anOperationNeedsAMessageOrAFilter() {
    assertThat(instance("message", "suspend").status()).isEqualTo(2);
    assertThat(instance("message", "suspend", id, "--all").status()).isEqualTo(2);
    assertThat(instance("message", "suspend", id, "--dry-run").status()).isEqualTo(2);
    assertThat(instance("message", "suspend", "--all", "--code", "4.4.316").status()).isEqualTo(2);
    assertThat(instance("trace", id, "--code", "4.4.316").status()).isEqualTo(2);
  }

  @Test
  void aConnectorIsSuspendedAndResumed() {
    String[] connector = {"--connector", "To refused.example"};
    assertThat(instance(line("queue", "suspend", connector)).out()).contains("is suspended.");
    assertThat(instance("queue", "list").out()).contains("Suspended");
    assertThat(instance(line("queue", "resume", connector)).out()).contains("is resumed.");
    assertThat(instance(line("queue", "resume", connector)).status()).isEqualTo(1);
  }

  @Test
  void aQueueOrAConnectorHasToBeNamed() {
    assertThat(instance("queue", "suspend").status()).isEqualTo(2);
    assertThat(instance("queue", "suspend", "q1", "--connector", "x").status()).isEqualTo(2);
  }

  @Test
  void aMessageIsSuspendedResumedAndRemoved() {
    assertThat(instance("message", "suspend", id).out()).contains(id + " is suspended.");
    assertThat(instance("trace").out()).contains("Suspended");
    assertThat(instance("message", "resume", id).out()).contains(id + " is resumed.");
    assertThat(instance("message", "retry", id).err()).contains("retry the queue");
    assertThat(instance("message", "reroute", id).err()).contains("is routed as before");
    assertThat(instance("message", "remove", id, "--no-ndr").out()).contains(id + " is removed.");
    assertThat(instance("trace", id).out()).contains("Removed without NDR by cli");
    assertThat(instance("mailbox", "list", "admin@contoso.example").out()).doesNotContain("5.3.2");
    Program again = instance("message", "remove", id);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("is Failed already");
  }

  @Test
  void aMessageIsExportedOctetByOctetIntoANewFile() throws Exception {
    Path file = folder.resolve("exported.eml");
    assertThat(instance("message", "export", id, "--to", file.toString()).status()).isZero();
    assertThat(Files.readString(file)).contains("Subject: Waiting\r\n");
    Program again = instance("message", "export", id, "--to", file.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("expected: a new file");
    assertThat(instance("message", "export", "nosuch").status()).isEqualTo(1);
  }

  private static String[] line(String command, String sub, String... more) {
    return Stream.concat(Stream.of(command, sub), Arrays.stream(more)).toArray(String[]::new);
  }

  private Program instance(String... arguments) {
    String url = "http://127.0.0.1:" + node.httpAddress().getPort();
    return Program.run(
        Stream.concat(Arrays.stream(arguments), Stream.of("--url", url)).toArray(String[]::new));
  }
}
