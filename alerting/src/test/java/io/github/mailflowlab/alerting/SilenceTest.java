package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An hour without a success is too long. */
final class SilenceTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final BacklogFake backlog = new BacklogFake();
  private final Silence policy = new Silence(HOUR, backlog);

  @Test
  void isTroubleAnHourAfterTheFirstAttemptInVain() {
    backlog.add(ON_PREMISES, START);
    backlog.lastError(ON_PREMISES, Fixtures.refused());

    assertThat(hear(TraceEvent.Kind.DEFER, START)).contains(ON_PREMISES);
    assertThat(policy.judge(ON_PREMISES, START))
        .isEqualTo(Verdict.quiet(Optional.of(START.plus(HOUR))));
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR).minusNanos(1)).trouble()).isEmpty();
    Verdict.Trouble trouble = policy.judge(ON_PREMISES, START.plus(HOUR)).trouble().orElseThrow();
    assertThat(trouble.since()).isEqualTo(START.plus(HOUR));
    assertThat(trouble.lastError()).contains(Fixtures.refused());
    assertThat(trouble.details())
        .isEqualTo(
            "Nothing has got through the connector \"To on-premises\" since 2026-01-05T08:00:00Z,"
                + " though mail is tried: 1 waiting.");
  }

  @Test
  void furtherAttemptsInVainAreNotWorthALook() {
    hear(TraceEvent.Kind.DEFER, START);

    assertThat(hear(TraceEvent.Kind.DEFER, START.plus(HOUR))).isEmpty();
  }

  @Test
  void aSuccessBeginsItAnew() {
    backlog.add(ON_PREMISES, START);
    hear(TraceEvent.Kind.DEFER, START);

    assertThat(hear(TraceEvent.Kind.SEND, START.plusSeconds(1))).contains(ON_PREMISES);
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR))).isEqualTo(Verdict.QUIET);
    hear(TraceEvent.Kind.DEFER, START.plusSeconds(2));
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR)).again())
        .contains(START.plusSeconds(2).plus(HOUR));
  }

  @Test
  void aQueueThatHasBecomeEmptyIsNotSilent() {
    hear(TraceEvent.Kind.DEFER, START);

    assertThat(hear(TraceEvent.Kind.FAIL, START.plusSeconds(1))).contains(ON_PREMISES);
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR))).isEqualTo(Verdict.QUIET);
    backlog.add(ON_PREMISES, START.plus(HOUR));
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR.multipliedBy(2))))
        .isEqualTo(Verdict.QUIET);
  }

  @Test
  void mailThatIsNotTriedIsNoSilence() {
    backlog.add(ON_PREMISES, START);

    assertThat(hear(TraceEvent.Kind.SUBMIT, START)).isEmpty();
    assertThat(hear(TraceEvent.Kind.SUSPEND, START)).isEmpty();
    assertThat(hear(TraceEvent.Kind.SEND, START)).isEmpty();
    assertThat(policy.judge(ON_PREMISES, START.plus(HOUR))).isEqualTo(Verdict.QUIET);
  }

  @Test
  void afterARestartItGoesOn() {
    backlog.add(ON_PREMISES, START);
    hear(TraceEvent.Kind.DEFER, START);
    Silence restarted = new Silence(HOUR, backlog);
    restarted.goOn(PolicyAlerts.raised(policy, ON_PREMISES, START.plus(HOUR)));

    assertThat(restarted.judge(ON_PREMISES, START.plus(HOUR)))
        .isEqualTo(policy.judge(ON_PREMISES, START.plus(HOUR)));
  }

  private Optional<String> hear(TraceEvent.Kind kind, Instant time) {
    return policy.drawnBy(
        Fixtures.recipientEvent(time, ON_PREMISES, kind, "4.4.316", "a@contoso.example"));
  }
}
