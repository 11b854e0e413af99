package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import org.junit.jupiter.api.Test;

final class SpoolTroubleTest {
  private final SpoolTrouble policy = new SpoolTrouble();

  @Test
  void isTroubleFromTheFirstWriteThatFailsToTheNextThatDoesNot() {
    assertThat(policy.drawnBySpool(false, START)).contains("spool");
    policy.drawnBySpool(false, START.plusSeconds(10));
    Verdict.Trouble trouble = policy.judge("spool", START.plusSeconds(10)).trouble().orElseThrow();

    assertThat(trouble.since()).isEqualTo(START);
    assertThat(trouble.connector()).isEmpty();
    assertThat(policy.advice(trouble, ConnectorType.PARTNER))
        .anyMatch(step -> step.contains("disk"));
    policy.drawnBySpool(true, START.plusSeconds(20));
    assertThat(policy.judge("spool", START.plusSeconds(20))).isEqualTo(Verdict.QUIET);
  }

  @Test
  void noConnectorIsToBlame() {
    policy.drawnBySpool(false, START);

    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);
    assertThat(policy.drawnBy(Fixtures.event(ON_PREMISES))).isEmpty();
  }
}
