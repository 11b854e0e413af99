package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.NodeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectorCommandTest {
  private static final String NAME = "To good.example";

  private NodeWorld world;
  private Node node;

  @BeforeAll
  void startNode(@TempDir Path data) throws Exception {
    world = new NodeWorld(data);
    world.healthyServer("good.example");
    node = world.start();
  }

  @AfterAll
  void closeNode() {
    node.close();
    world.close();
  }

  @Test
  void aChangeIsMarkedUntilItIsReset() {
    Program set =
        run("connector", "set", NAME, "comment=two words", "validationRecipients=a@b,c@d");

    assertThat(set.status()).isZero();
    assertThat(set.out())
        .containsPattern("comment +two words +\\*")
        .containsPattern("validationRecipients +a@b,c@d +\\*")
        .containsPattern("enabled +true\\R")
        .contains("* changed while running");
    assertThat(run("connector", "list").out()).containsPattern(NAME + " .* changed\\R");
    assertThat(run("connector", "set", NAME, "COMMENT=").out()).containsPattern("comment +- +\\*");

    assertThat(run("connector", "reset", NAME).out()).doesNotContain("*");
    assertThat(run("connector", "show", NAME).out()).doesNotContain("*");
    Program again = run("connector", "reset", NAME);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("nothing was changed");
  }

  @Test
  void aNewConnectorAndANewDomainAreGoneAfterAReset() {
    Program made =
        run("connector", "set", "New", "--new", "recipientDomains=a.example,*.b.example", "--json");
    assertThat(made.json().path("inFile").asBoolean()).isFalse();
    assertThat(run("connector", "reset", "New").out()).contains("no connector New any more");

    assertThat(run("domain", "set", "new.example", "--new").out())
        .containsPattern("type +Authoritative");
    assertThat(run("domain", "reset", "new.example").out()).contains("any more");
  }

  @Test
  void mailboxesAreAddedToThoseThatThereAre() {
    run("domain", "set", "contoso.example", "--add-mailbox", "a@contoso.example");
    JsonNode domain =
        run("domain", "set", "contoso.example", "--add-mailbox", "b@contoso.example", "--json")
            .json();

    assertThat(domain.path("parameters").path("mailboxes").toString())
        .isEqualTo("[\"a@contoso.example\",\"b@contoso.example\"]");
    assertThat(run("domain", "list").out())
        .containsPattern("contoso.example +InternalRelay +changed +a@contoso.example,b@");
    assertThat(run("domain", "set", "contoso.example", "--mailboxes", "").status()).isZero();
    assertThat(run("domain", "show", "contoso.example").out()).containsPattern("mailboxes +- ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | connector set 'To good.example'                  | Missing required parameter",
        "2 | connector set 'To good.example' enabled          | expected PARAMETER=VALUE",
        "2 | connector set 'To good.example' enable=true      | unknown parameter (known: name,",
        "2 | connector set 'To good.example' enabled=maybe    | expected true or false",
        "2 | connector set 'To good.example' useMXRecord=true | expected: one of the two",
        "1 | connector set nosuch enabled=true                | no connector nosuch",
        "1 | connector show nosuch                            | no connector nosuch",
        "2 | connector set x --new enabled=true               | recipientDomains: missing",
        "2 | domain set contoso.example                       | Nothing to change",
        "2 | domain set contoso.example --type ExternalRelay  | on-premises Exchange only",
        "2 | domain set contoso.example --add-mailbox x@y.example | an address in contoso.example",
        "1 | domain set nosuch.example --type Authoritative   | no domain nosuch.example",
      })
  void whatCannotBeIsSaidWithTheRightStatus(int status, String line, String reason) {
    List<String> words = new ArrayList<>();
    for (String word : line.replace("'To good.example'", "NAME").split(" ")) {
      words.add(word.equals("NAME") ? NAME : word);
    }

    Program program = run(words.toArray(String[]::new));

    assertThat(program.status()).isEqualTo(status);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains(reason);
  }

  private Program run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--url");
    line.add("http://127.0.0.1:" + node.httpAddress().getPort());
    return Program.run(line.toArray(String[]::new));
  }
}
