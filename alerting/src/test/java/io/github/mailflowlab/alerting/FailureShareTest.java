package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Half of at least four attempts within an hour are too many. */
final class FailureShareTest {
  private static final FurtherPolicies.Share LIMIT =
      new FurtherPolicies.Share(50, 4, Duration.ofHours(1));

  private final FailureShare policy = new FailureShare(LIMIT);

  @Test
  void halfIsTooManyAndLessIsNot() {
    send(3);
    assertThat(fail("4.4.316", 2)).isEmpty();
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);

    assertThat(fail("4.4.316", 1)).contains(ON_PREMISES);
    Verdict.Trouble trouble = trouble();
    assertThat(trouble.count()).isEqualTo(3);
    assertThat(trouble.threshold()).isEqualTo(4);
    assertThat(trouble.since()).isEqualTo(START);
    assertThat(trouble.details())
        .isEqualTo(
            "3 of 6 attempts through the connector \"To on-premises\" within PT1H failed with"
                + " 4.4.316.");
    assertThat(policy.advice(trouble, ConnectorType.ON_PREMISES))
        .isEqualTo(Advice.explain("4.4.316").orElseThrow().whatToDo());
  }

  @Test
  void threeAttemptsAreTooFewToTell() {
    assertThat(fail("4.4.316", 3)).isEmpty();
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);
    assertThat(fail("4.4.316", 1)).contains(ON_PREMISES);
  }

  @Test
  void differentCodesAreDifferentTroubles() {
    send(1);
    fail("4.4.316", 1);
    fail("4.4.315", 1);
    assertThat(fail("4.2.2", 1)).isEmpty();
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void isOverAsSoonAsEnoughGetsThrough() {
    send(2);
    fail("4.4.316", 2);
    assertThat(trouble().count()).isEqualTo(2);

    assertThat(send(1)).contains(ON_PREMISES);
    assertThat(policy.judge(ON_PREMISES, START)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void isOverWhenTheFailuresAreAnHourOld() {
    fail("4.4.316", 4);
    Instant over = policy.judge(ON_PREMISES, START).again().orElseThrow();

    assertThat(over).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(policy.judge(ON_PREMISES, over)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void aRefusalIsAFailureAndAnExpiryWasOneBefore() {
    for (int i = 0; i < 4; i++) {
      assertThat(hear(TraceEvent.Kind.FAIL, "5.4.316", START)).isEmpty();
      assertThat(hear(TraceEvent.Kind.FAIL, "5.4.300", START)).isEmpty();
    }
    for (int i = 0; i < 3; i++) {
      hear(TraceEvent.Kind.FAIL, "5.1.351", START);
    }
    assertThat(hear(TraceEvent.Kind.FAIL, "5.1.351", START)).contains(ON_PREMISES);
  }

  @Test
  void codesBeyondTheLimitCountByTheirClass() {
    for (int i = 0; i < 30; i++) {
      fail("4.9." + i, 1);
    }
    fail("4.8.1", 20);

    assertThat(trouble().lastError().orElseThrow().status().toString()).isEqualTo("4.0.0");
  }

  @Test
  void afterARestartItGoesOnUntilMailGetsThrough() {
    fail("4.4.316", 4);
    FailureShare restarted = new FailureShare(LIMIT);
    restarted.goOn(PolicyAlerts.raised(policy, ON_PREMISES, START));

    assertThat(restarted.judge(ON_PREMISES, START)).isEqualTo(policy.judge(ON_PREMISES, START));
    assertThat(restarted.judge(ON_PREMISES, START.plus(Duration.ofHours(1))))
        .isEqualTo(Verdict.QUIET);
  }

  private Verdict.Trouble trouble() {
    return policy.judge(ON_PREMISES, START).trouble().orElseThrow();
  }

  private Optional<String> send(int times) {
    return hear(TraceEvent.Kind.SEND, "2.0.0", times);
  }

  private Optional<String> fail(String code, int times) {
    return hear(TraceEvent.Kind.DEFER, code, times);
  }

  /** What the last of so many events says. */
  private Optional<String> hear(TraceEvent.Kind kind, String code, int times) {
    Optional<String> drawn = Optional.empty();
    for (int i = 0; i < times; i++) {
      drawn = hear(kind, code, START);
    }
    return drawn;
  }

  private Optional<String> hear(TraceEvent.Kind kind, String code, Instant time) {
    return policy.drawnBy(
        Fixtures.recipientEvent(time, ON_PREMISES, kind, code, "a@contoso.example"));
  }
}
