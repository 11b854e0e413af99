package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import io.github.mailflowlab.document.ScenarioDocument.Line;
import io.github.mailflowlab.settings.ReadOutcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Small scenarios for what those that come with the program do not show: that they can fail. */
final class ScenarioRunTest {
  private static final String BEGIN =
      """
      name: a name
      story: a story
      hosts:
        - name: mail.contoso.example
      connectors:
        - { name: To on-premises, recipientDomains: ["*"], smartHosts: ["mail.contoso.example"] }
      """;

  private static ScenarioDocument run(String more) throws Exception {
    ReadOutcome<Scenario> outcome = ScenarioReader.read("test", BEGIN + more);
    assertThat(outcome.problems()).isEmpty();
    return ScenarioRun.of(outcome.value(), 7);
  }

  @Test
  void whatIsNotAsExpectedIsToldWithWhatWasSeen() throws Exception {
    ScenarioDocument result =
        run(
            """
            timeline:
              - { at: PT0S, send: { to: bob@contoso.example, count: 2 } }
            until: PT1H
            expect: { delivered: 3, returned: 0 }
            """);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.checks())
        .filteredOn(check -> !check.met())
        .extracting(Check::what, Check::expected, Check::seen)
        .containsExactly(tuple("delivered", "3", "2"));
    assertThat(result.timeLine()).extracting(Line::kind).containsExactly("send", "delivered");
  }

  @Test
  void aFaultThatNobodyMetFailsTheScenario() throws Exception {
    ScenarioDocument result =
        run(
            """
            timeline:
              - { at: PT0S, fault: { host: mail.contoso.example, where: rcpt, what: reply 550 5.1.1 No, who: { recipient: "zoe@*" } } }
              - { at: PT0S, send: { to: bob@contoso.example } }
            until: PT1H
            expect: { delivered: 1 }
            """);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.checks())
        .filteredOn(check -> !check.met())
        .singleElement()
        .satisfies(check -> assertThat(check.seen()).startsWith("never met: rcpt.reply"));
  }

  @Test
  void whatCannotBeDoneFailsTheScenario() throws Exception {
    ScenarioDocument result =
        run(
            """
            timeline:
              - { at: PT0S, send: { to: bob@contoso.example } }
              - { at: PT1H, retry: { connector: To on-premises } }
              - { at: PT1H, fix: { connector: To on-premises } }
              - { at: PT1H, repair: { host: mail.contoso.example, id: no-such-fault } }
            until: PT2H
            """);

    assertThat(result.checks())
        .extracting(Check::what, Check::met)
        .containsExactly(tuple("retry", false), tuple("fix", false), tuple("repair", false));
  }

  @Test
  void aRunThatTakesTooLongIsStopped() throws Exception {
    ScenarioDocument result =
        run(
            """
            timeline:
              - { at: PT0S, fault: { host: mail.contoso.example, where: dot, what: silence } }
              - { at: PT0S, send: { to: bob@contoso.example } }
            limit: PT0.5S
            expect: { delivered: 1 }
            """);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.checks())
        .extracting(Check::what, Check::expected, Check::seen)
        .containsExactly(
            tuple("end", "reached at 2026-03-03T09:00:00Z", "stopped after PT0.5S of real time"),
            tuple("delivered", "1", "0"));
    assertThat(result.timeLine()).extracting(Line::kind).containsExactly("fault", "send");
  }

  @Test
  void aPlaceThatCannotBeHadFailsTheScenario() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ReadOutcome<Scenario> outcome =
          ScenarioReader.read(
              "test",
              BEGIN.replace(
                  "  - name: mail", "  - port: " + taken.getLocalPort() + "\n    name: mail"));

      ScenarioDocument result = ScenarioRun.of(outcome.value(), 7);

      assertThat(result.checks())
          .extracting(Check::what, Check::met)
          .containsExactly(tuple("start", false));
    }
  }

  @Test
  void theSameSeedTellsTheSameStoryAndAnotherOneAnother() throws Exception {
    String chance =
        """
        timeline:
          - { at: PT0S, fault: { host: mail.contoso.example, where: mail, what: reply 451 4.3.0 Later, when: { chance: 0.5 } } }
          - { at: PT0S, send: { to: bob@contoso.example, count: 12 } }
        until: PT6H
        """;
    Scenario scenario = ScenarioReader.read("test", BEGIN + chance).value();

    ScenarioDocument first = ScenarioRun.of(scenario, 1);

    assertThat(ScenarioRun.of(scenario, 1)).isEqualTo(first);
    assertThat(ScenarioRun.of(scenario, 2).timeLine()).isNotEqualTo(first.timeLine());
  }
}
