package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.scenario.ShippedScenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioCommandTest {
  private static final String SMALL =
      """
      name: one mail
      story: A mail is sent. It arrives.
      hosts: [{ name: mail.contoso.example }]
      connectors:
        - { name: To on-premises, recipientDomains: ["*"], smartHosts: ["mail.contoso.example"] }
      timeline:
        - { at: PT0S, send: { to: bob@contoso.example } }
      until: PT1H
      """;

  @TempDir private Path folder = Path.of("");

  private String file(String text) throws Exception {
    return Files.writeString(folder.resolve("small.yaml"), text).toString();
  }

  @Test
  void theListHasAllThatCome() {
    Program program = Program.run("scenario", "list", "--json");

    assertThat(program.status()).isZero();
    assertThat(program.json().path("scenarios").findValuesAsText("id"))
        .containsExactlyElementsOf(ShippedScenarios.ids());
    assertThat(Program.run("scenario", "list").out().lines())
        .hasSize(1 + ShippedScenarios.ids().size());
  }

  @Test
  void aFileIsRunAndItsTimeLineIsPrinted() throws Exception {
    Program program = Program.run("scenario", "run", file(SMALL + "expect: { delivered: 1 }"));

    assertThat(program.status()).isZero();
    assertThat(program.err()).isEqualTo("passed  small" + System.lineSeparator());
    assertThat(program.out().lines())
        .containsExactly(
            "one mail  (small, seed 1)",
            "  A mail is sent. It arrives.",
            "  Mon 02 08:00:00  +00:00      send       alice@contoso.example to bob@contoso.example",
            "  Mon 02 08:00:00  +00:00      delivered  To on-premises",
            "  Mon 02 09:00:00  +01:00      expected   delivered: 1",
            "PASSED: 1 of 1 expectations met",
            "");
  }

  @Test
  void whatIsNotMetIsAFailureInEveryForm() throws Exception {
    Path xml = folder.resolve("report.xml");

    Program program =
        Program.run(
            "scenario",
            "run",
            file(SMALL + "expect: { delivered: 2 }"),
            "--seed",
            "42",
            "--json",
            "--junit-xml",
            xml.toString());

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.json().path("succeeded").asBoolean()).isFalse();
    assertThat(program.json().path("seed").asLong()).isEqualTo(42);
    assertThat(program.json().path("scenarios").path(0).path("checks").path(0).toString())
        .isEqualTo(
            "{\"time\":\"2026-03-02T09:00:00Z\",\"what\":\"delivered\",\"expected\":\"2\","
                + "\"seen\":\"1\",\"met\":false}");
    assertThat(Files.readString(xml)).contains("failures=\"1\"", "expected 2, seen 1");
  }

  @Test
  void aWrongFileIsWrongUsageWithTheLine() throws Exception {
    Program program = Program.run("scenario", "run", file(SMALL + "expect: { delivered: two }"));

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("small.yaml:9: expect.delivered: \"two\" (expected: ");
  }

  @Test
  void aNameThatIsNoneIsAnsweredWithThoseLikeIt() {
    Program program = Program.run("scenario", "run", "graylisting");

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err())
        .isEqualTo(
            "There is no scenario graylisting (did you mean greylisting?)"
                + " (see: mailflow scenario list)."
                + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scenario",
        "scenario run",
        "scenario run --all greylisting",
        "scenario run greylisting --parallel 0",
        "scenario run greylisting --seed x",
        "scenario run no/such/file.yaml"
      })
  void wrongUsageIsSaidOnStandardError(String line) {
    Program program = Program.run(line.split(" "));

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isNotBlank();
  }
}
