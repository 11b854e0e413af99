package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.lab.StagedFault;
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
  private StagedFault good;

  @BeforeAll
  void startNode(@TempDir Path data) throws Exception {
    world = new NodeWorld(data);
    good = world.healthyServer("good.example");
    world.server("refused.example", "tcp.refused");
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

  @Test
  void aValidationSendsItsMailAndIsRemembered() {
    Program valid = run("connector", "validate", NAME, "--to", "bob@good.example");

    assertThat(valid.status()).isZero();
    assertThat(valid.out())
        .containsPattern("Check connectivity to " + good.smartHost().host() + ":\\d+ +Succeeded")
        .containsPattern("Send test email to bob@good.example +Succeeded");
    assertThat(good.received().get(0).reversePath())
        .isEqualTo("O365ConnectorValidation@contoso.example");
    assertThat(run("connector", "show", NAME).out())
        .containsPattern("isValidated +true")
        .containsPattern("lastValidationTimestamp +20\\d\\d-")
        .containsPattern("lastValidationResult +Succeeded")
        .containsPattern("validationRecipients +bob@good.example");
    assertThat(run("connector", "validate", NAME).status()).isZero();
    assertThat(good.received()).hasSize(2);
    run("connector", "reset", NAME);
  }

  @Test
  void aValidationThatFailsSaysWhyAndThatIsRemembered() {
    Program failed =
        run("connector", "validate", "to refused.example", "--to", "a@refused.example", "--json");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.json().path("code").asText()).isEqualTo("4.4.316");
    assertThat(failed.json().path("tasks").path(1).path("status").asText()).isEqualTo("Skipped");
    assertThat(run("connector", "show", "To refused.example").out())
        .containsPattern("isValidated +false +\\*")
        .containsPattern("lastValidationResult +450 4.4.316 Connection refused ");
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
        "2 | connector validate 'To good.example'             | expected 1 to 10 addresses",
        "2 | connector validate 'To good.example' --to bob    | is no mail address",
        "2 | connector validate 'To good.example' --to a@b.example | a@b.example is in no domain",
        "1 | connector validate nosuch --to a@b.example       | no connector nosuch",
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
