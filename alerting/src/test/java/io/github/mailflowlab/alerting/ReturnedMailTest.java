package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.PARTNER;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three recipients given up within an hour are too many. */
final class ReturnedMailTest {
  private static final FurtherPolicies.Rate LIMIT =
      new FurtherPolicies.Rate(3, Duration.ofHours(1));

  private final ReturnedMail policy = new ReturnedMail(LIMIT);

  @Test
  void theThirdIsTooManyAndTheSecondIsNot() {
    assertThat(fails(ON_PREMISES, START)).isEmpty();
    assertThat(fails(ON_PREMISES, START)).isEmpty();
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);

    assertThat(fails(ON_PREMISES, START.plusSeconds(1))).contains(ON_PREMISES);
    Verdict.Trouble trouble = trouble(START.plusSeconds(1));
    assertThat(trouble.connector()).isEqualTo(ON_PREMISES);
    assertThat(trouble.since()).isEqualTo(START.plusSeconds(1));
    assertThat(trouble.count()).isEqualTo(3);
    assertThat(trouble.threshold()).isEqualTo(3);
    assertThat(trouble.details())
        .isEqualTo(
            "3 recipients behind the connector \"To on-premises\" were given up within PT1H.");
  }

  @Test
  void theAdviceIsThatOfTheLastCode() {
    failsThrice();

    Verdict.Trouble trouble = trouble(START);
    assertThat(trouble.lastError().map(error -> error.status().toString())).contains("5.4.316");
    assertThat(policy.advice(trouble, ConnectorType.PARTNER))
        .isEqualTo(Advice.explain("5.4.316").orElseThrow().partner());
    assertThat(policy.advice(trouble, ConnectorType.ON_PREMISES))
        .isEqualTo(Advice.explain("5.4.316").orElseThrow().whatToDo());
  }

  @Test
  void isOverWhenTheyAreAnHourOldAndSaysWhenThatIs() {
    failsThrice();
    Instant over = policy.judge(ON_PREMISES, START).again().orElseThrow();

    assertThat(over).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(policy.judge(ON_PREMISES, over.minusMillis(1)).trouble()).isPresent();
    assertThat(policy.judge(ON_PREMISES, over)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void eachConnectorCountsForItself() {
    fails(ON_PREMISES, START);
    fails(ON_PREMISES, START);
    assertThat(fails(PARTNER, START)).isEmpty();
  }

  @Test
  void whatIsNotGivenUpDoesNotCount() {
    for (TraceEvent.Kind kind : TraceEvent.Kind.values()) {
      if (kind != TraceEvent.Kind.FAIL) {
        for (int i = 0; i < 5; i++) {
          assertThat(policy.drawnBy(event(ON_PREMISES, kind, START))).isEmpty();
        }
      }
    }
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void duringAnAlertATenthMoreIsWorthALook() {
    for (int i = 0; i < 20; i++) {
      fails(ON_PREMISES, START);
    }
    policy.judge(ON_PREMISES, START);

    assertThat(fails(ON_PREMISES, START)).isEmpty();
    assertThat(fails(ON_PREMISES, START)).contains(ON_PREMISES);
  }

  @Test
  void afterARestartItGoesOnUntilTheWindowHasPassed() {
    failsThrice();
    Alert alert = PolicyAlerts.raised(policy, ON_PREMISES, START);
    ReturnedMail restarted = new ReturnedMail(LIMIT);
    restarted.goOn(alert);

    assertThat(restarted.judge(ON_PREMISES, START)).isEqualTo(policy.judge(ON_PREMISES, START));
    assertThat(restarted.judge(ON_PREMISES, START.plus(Duration.ofHours(1))))
        .isEqualTo(Verdict.QUIET);
  }

  @Test
  void moreSubjectsThanOneCanRememberCostTheOldest() {
    fails("first", START);
    fails("first", START);
    for (int i = 0; i < RateCounts.MAX_SUBJECTS; i++) {
      fails("another " + i, START);
    }

    assertThat(fails("first", START)).isEmpty();
  }

  private void failsThrice() {
    for (int i = 0; i < 3; i++) {
      fails(ON_PREMISES, START);
    }
  }

  private Optional<String> fails(String connector, Instant time) {
    return policy.drawnBy(event(connector, TraceEvent.Kind.FAIL, time));
  }

  private Verdict.Trouble trouble(Instant now) {
    return policy.judge(ON_PREMISES, now).trouble().orElseThrow();
  }

  private static ConnectorEvent event(String connector, TraceEvent.Kind kind, Instant time) {
    return Fixtures.recipientEvent(time, connector, kind, "5.4.316", "a@rcpt.example");
  }
}
