package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.settings.ReadOutcome;
import io.github.mailflowlab.settings.SettingsProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioReaderTest {
  private static final String BEGIN =
      """
      name: a name
      story: a story
      hosts:
        - name: mail.contoso.example
      connectors:
        - { name: To on-premises, recipientDomains: ["*"], smartHosts: ["mail.contoso.example"] }
      """;

  private static Scenario read(String more) {
    ReadOutcome<Scenario> outcome = ScenarioReader.read("test", BEGIN + more);
    assertThat(outcome.problems()).isEmpty();
    return outcome.value();
  }

  /** The line is counted from the first one of what is more. */
  private static String problem(String more) {
    ReadOutcome<Scenario> outcome = ScenarioReader.read("test", BEGIN + more);
    assertThat(outcome.problems()).as(more).hasSize(1);
    SettingsProblem problem = outcome.problems().get(0);
    return (problem.line() - 6) + " " + problem.key() + ": " + problem.message();
  }

  @Test
  void whatIsNotSaidHasDefaults() {
    Scenario scenario = read("");

    assertThat(scenario.start()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
    assertThat(scenario.until()).isEqualTo(Duration.ofHours(25));
    assertThat(scenario.limit()).isEqualTo(Duration.ofMinutes(2));
    assertThat(scenario.settings().connections().perNextHop()).isEqualTo(1);
    assertThat(scenario.settings().connections().limits().messages()).isEqualTo(1);
    assertThat(scenario.settings().timeouts().connect()).isEqualTo(Duration.ofMillis(100));
    assertThat(scenario.settings().timeouts().finalDot()).isEqualTo(Duration.ofSeconds(10));
    assertThat(scenario.settings().dns().timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(scenario.settings().connectors().get(0).smartHosts())
        .containsExactly(new SmartHost("mail.contoso.example", 25));
  }

  @Test
  void theEndComesADayAndAnHourAfterTheLastStep() {
    assertThat(read("timeline: [{ at: PT3H, repair: { host: mail.contoso.example } }]").until())
        .isEqualTo(Duration.ofHours(28));
  }

  @Test
  void stepsComeInTheOrderOfTimeAndThoseOfOneInstantAsWritten() {
    Scenario scenario =
        read(
            """
            timeline:
              - { at: PT2H, repair: { host: mail.contoso.example, id: second } }
              - { at: PT1H, repair: { host: mail.contoso.example, id: first } }
              - { at: PT2H, repair: { host: mail.contoso.example, id: third } }
            """);

    assertThat(scenario.steps())
        .extracting(step -> ((Action.Repair) step.action()).fault().orElseThrow())
        .containsExactly("first", "second", "third");
  }

  @Test
  void mailIsSpreadOverTimeInBatches() {
    Scenario scenario =
        read(
            "timeline: [{ at: PT1H, send: { to: bob@contoso.example, count: 5, batch: 2,"
                + " every: PT10M } }]");

    assertThat(scenario.steps())
        .extracting(
            step -> {
              Batch batch = ((Action.Send) step.action()).batch();
              return step.at() + " " + batch.first() + "+" + batch.count();
            })
        .containsExactly("PT1H 1+2", "PT1H10M 3+2", "PT1H20M 5+1");
  }

  @Test
  void withoutAnIntervalAllMailComesAtOnce() {
    assertThat(read("timeline: [{ at: PT0S, send: { to: b@contoso.example, count: 7 } }]").steps())
        .singleElement()
        .satisfies(step -> assertThat(((Action.Send) step.action()).batch().count()).isEqualTo(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "colour: red | 1 colour: unknown key (expected one of:",
        "until: soon | 1 until: \"soon\" (expected: a duration",
        "start: Friday | 1 start: \"Friday\" (expected: an instant",
        "timeline: [{ repair: { host: mail.contoso.example } }] | 1 timeline[0].at: missing",
        "timeline: [{ at: PT1H }] | 1 timeline[0].at: nothing happens (expected one of: send,",
        "timeline: [{ at: PT1H, repair: { host: mail.contosso.example } }] | 1 "
            + "timeline[0].repair.host: \"mail.contosso.example\" (expected one of:"
            + " mail.contoso.example) (did you mean mail.contoso.example?)",
        "timeline: [{ at: PT1H, fault: { host: mail.contoso.example, id: cert.expird } }] | 1 "
            + "timeline[0].fault.id: \"cert.expird\" (expected: an id of the catalogue)"
            + " (did you mean cert.expired",
        "timeline: [{ at: PT1H, fault: { host: mail.contoso.example, where: quit, what: lose } }]"
            + " | 1 timeline[0].fault.what: \"lose\" at quit",
        "timeline: [{ at: PT1H, send: { to: nobody } }] | 1 timeline[0].send.to: \"nobody\"",
        "timeline: [{ at: PT1H, send: { count: 3 } }] | 1 timeline[0].send.to: missing",
        "timeline: [{ at: PT1H, retry: { connector: To nowhere } }] | 1 "
            + "timeline[0].retry.connector: \"To nowhere\"",
        "timeline: [{ at: PT1H, connector: { tlsSettings: Strict } }] | 1 "
            + "timeline[0].connector.tlsSettings: \"Strict\" (expected one of:",
        "timeline: [{ at: PT1H, dns: { host: mail.contoso.example, address: 10.1.1.1 } }] | 1 "
            + "timeline[0].dns.address: \"10.1.1.1\"",
        "expect: { delivered: many } | 1 expect.delivered: \"many\" (expected: a number, or",
        "expect: { code: 4.4 } | 1 expect.code: \"4.4\" (expected: a code such as 4.4.316",
        "expect: { queue: Retrying } | 1 expect.queue: \"Retrying\" (expected: one of: Active,",
        "expect: [{ deliverd: 3 }] | 1 expect[0].deliverd: unknown key",
        "dns: { servers: [\"127.0.0.1\"] } | 1 dns.servers: expected: none",
      })
  void whatIsWrongIsSaidWithItsPlaceAndWhatWasExpected(String text, String expected) {
    assertThat(problem(text)).startsWith(expected);
  }

  @Test
  void twoThingsInOneStepAreTooMany() {
    assertThat(
            problem(
                "timeline: [{ at: PT1H, suspend: { connector: To on-premises },"
                    + " resume: { connector: To on-premises } }]"))
        .startsWith("1 timeline[0].resume: beside suspend");
  }

  @Test
  void theEndIsNotBeforeTheLastStep() {
    String step = "timeline: [{ at: PT3H, repair: { host: mail.contoso.example } }]\n";

    assertThat(problem(step + "until: PT2H")).startsWith("2 until: PT2H is before the last step");
    assertThat(read(step + "until: PT3H").until()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void aSmartHostIsOneOfTheHosts() {
    ReadOutcome<Scenario> outcome =
        ScenarioReader.read("test", BEGIN.replace("[\"mail.", "[\"mial."));

    assertThat(outcome.problems())
        .extracting(SettingsProblem::toString)
        .containsExactly(
            "test.yaml:6: connectors[0].smartHosts: \"mial.contoso.example\" (expected one of:"
                + " mail.contoso.example) (did you mean mail.contoso.example?)");
  }

  @Test
  void allProblemsAreFoundAtOnce() {
    assertThat(ScenarioReader.read("test", "start: now\nuntil: never").problems())
        .extracting(SettingsProblem::key)
        .containsExactlyInAnyOrder("start", "until", "name", "story");
  }

  @Test
  void aFileIsCalledByItsName(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("my-own.yaml"), BEGIN);

    assertThat(ScenarioReader.read(file).value().id()).isEqualTo("my-own");
    assertThat(ScenarioReader.read(folder.resolve("none.yaml")).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("no such file"));
  }
}
