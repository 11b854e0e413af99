package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShippedScenariosIT {
  private static final int PARALLEL = 4;
  private static final long SEED = 1;

  /** Those in which most is left to chance, to two hosts, or to the dates of certificates. */
  private static final List<String> AGAIN =
      List.of(
          "unreliable-server",
          "disk-full-at-the-receiver",
          "one-of-two-servers-down",
          "certificate-expires-on-friday");

  @Test
  void allEndAsTheyExpectAndTheSameSeedTellsTheSameStory() throws Exception {
    List<ScenarioDocument> all = run(ShippedScenarios.ids());

    assertThat(all).hasSameSizeAs(ShippedScenarios.ids());
    assertThat(all)
        .allSatisfy(
            result ->
                assertThat(result.checks())
                    .as(String.join("\n", ScenarioText.timeLine(result)))
                    .isNotEmpty()
                    .allMatch(Check::met));
    assertThat(run(AGAIN))
        .hasSameSizeAs(AGAIN)
        .allSatisfy(result -> assertThat(all).contains(result));
  }

  private static List<ScenarioDocument> run(List<String> ids) throws Exception {
    List<Scenario> scenarios =
        ids.stream().map(id -> ShippedScenarios.read(id).orElseThrow().value()).toList();
    return ScenarioRuns.of(scenarios, SEED, PARALLEL, SystemTime.source(), result -> {}).results();
  }
}
