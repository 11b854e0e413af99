package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two recipients of a domain that do not exist are too many. */
final class InvalidRecipientsTest {
  private static final FurtherPolicies.Rate LIMIT =
      new FurtherPolicies.Rate(2, Duration.ofHours(24));

  private final InvalidRecipients policy = new InvalidRecipients(LIMIT);

  @ParameterizedTest(name = "{0} {1} counts: {2}")
  @CsvSource({
    "FAIL,  5.1.1,   true",
    "FAIL,  5.1.10,  true",
    "FAIL,  5.1.351, true",
    "FAIL,  5.4.1,   true",
    "FAIL,  5.4.316, false",
    "FAIL,  5.2.2,   false",
    "DEFER, 4.1.1,   false",
    "DEFER, 5.1.1,   false",
    "SEND,  2.1.5,   false",
  })
  void countsRecipientsThatDoNotExist(TraceEvent.Kind kind, String code, boolean counts) {
    refuse(kind, code, "a@contoso.example");

    assertThat(refuse(kind, code, "b@CONTOSO.example").isPresent()).isEqualTo(counts);
    assertThat(policy.judge("contoso.example", START).trouble().isPresent()).isEqualTo(counts);
  }

  @Test
  void eachDomainCountsForItself() {
    refuse(TraceEvent.Kind.FAIL, "5.1.1", "a@contoso.example");
    assertThat(refuse(TraceEvent.Kind.FAIL, "5.1.1", "a@fabrikam.example")).isEmpty();
  }

  @Test
  void saysWhichDomainAndBehindWhichConnector() {
    raise();

    Verdict.Trouble trouble = policy.judge("contoso.example", START).trouble().orElseThrow();
    assertThat(trouble.connector()).isEqualTo(ON_PREMISES);
    assertThat(trouble.details())
        .isEqualTo("2 recipients of contoso.example did not exist within PT24H.");
    assertThat(policy.advice(trouble, ConnectorType.ON_PREMISES))
        .anyMatch(step -> step.contains("Internal Relay to Authoritative"));
    assertThat(policy.advice(trouble, ConnectorType.PARTNER))
        .noneMatch(step -> step.contains("Authoritative"));
  }

  @Test
  void ourOwnUnknownMailboxesCountWithoutAConnector() {
    TraceEvent trace =
        new TraceEvent(
            START,
            TraceEvent.Kind.FAIL,
            Mailbox.parse("a@contoso.example"),
            EnhancedStatusCode.parse("5.1.10"),
            "",
            List.of());
    ConnectorEvent local = new ConnectorEvent(Optional.empty(), Optional.of("m"), trace);
    policy.drawnBy(local);

    assertThat(policy.drawnBy(local)).contains("contoso.example");
    assertThat(policy.judge("contoso.example", START).trouble().orElseThrow().connector())
        .isEmpty();
  }

  @Test
  void afterARestartItGoesOn() {
    raise();
    InvalidRecipients restarted = new InvalidRecipients(LIMIT);
    restarted.goOn(PolicyAlerts.raised(policy, "contoso.example", START));

    assertThat(restarted.judge("contoso.example", START))
        .isEqualTo(policy.judge("contoso.example", START));
  }

  private void raise() {
    refuse(TraceEvent.Kind.FAIL, "5.1.1", "a@contoso.example");
    refuse(TraceEvent.Kind.FAIL, "5.1.1", "b@contoso.example");
  }

  private Optional<String> refuse(TraceEvent.Kind kind, String code, String recipient) {
    return policy.drawnBy(Fixtures.recipientEvent(START, ON_PREMISES, kind, code, recipient));
  }
}
