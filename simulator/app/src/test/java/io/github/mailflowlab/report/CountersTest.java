package io.github.mailflowlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.alerting.InvalidRecipientQuota;
import io.github.mailflowlab.document.HealthDocument;
import io.github.mailflowlab.document.InvalidRecipientsDocument.Domain;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted in memory stays within its limits. */
final class CountersTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Mailbox BOB = Mailbox.of("bob@contoso.example");

  private final SimulatedTime time = new SimulatedTime(START);
  private final ConnectorHealth health = new ConnectorHealth(time);
  private final InvalidRecipients invalid =
      new InvalidRecipients(
          () ->
              new Organization(
                  List.of(
                      new AcceptedDomain(
                          DomainName.of("contoso.example"),
                          AcceptedDomain.Type.AUTHORITATIVE,
                          Set.of())),
                  List.of()),
          time);

  @Test
  void aQuarterOfAnHourEndsWhereTheNextBegins() {
    health.on(event(START.plusSeconds(899), TraceEvent.Kind.SEND, "2.0.0"));
    health.on(event(START.plusSeconds(900), TraceEvent.Kind.FAIL, "5.1.10"));

    assertThat(buckets())
        .extracting(HealthDocument.Bucket::start)
        .containsExactly(START, START.plusSeconds(900));
    assertThat(buckets().get(1).returned()).isEqualTo(Map.of("5.1.10", 1L));
  }

  @Test
  void keepsAWeekWithSomethingInEveryQuarter() {
    for (int n = 0; n <= HealthSeries.MAX_BUCKETS; n++) {
      health.on(
          event(START.plus(HealthSeries.BUCKET.multipliedBy(n)), TraceEvent.Kind.SEND, "2.0.0"));
    }

    assertThat(buckets()).hasSize(HealthSeries.MAX_BUCKETS);
    assertThat(buckets().get(0).start()).isEqualTo(START.plus(HealthSeries.BUCKET));
  }

  @Test
  void codesBeyondTheLimitAreCountedTogether() {
    for (int n = 0; n < HealthSeries.MAX_CODES + 2; n++) {
      health.on(event(START, TraceEvent.Kind.DEFER, "4.0." + n));
    }
    health.on(event(START, TraceEvent.Kind.DEFER, "4.0.0"));

    assertThat(buckets().get(0).deferred())
        .hasSize(HealthSeries.MAX_CODES + 1)
        .containsEntry("4.0.0", 2L)
        .containsEntry("other", 2L);
  }

  @Test
  void aRecipientCountsForADayAndOnlyInOurDomains() {
    invalid.refused(BOB, Router.UNKNOWN_RECIPIENT);
    invalid.refused(BOB, Router.NO_CONNECTOR);
    invalid.refused(Mailbox.of("a@elsewhere.example"), Router.UNKNOWN_RECIPIENT);
    invalid.on(event(START, TraceEvent.Kind.FAIL, "5.1.351"));
    invalid.on(event(START, TraceEvent.Kind.FAIL, "5.4.316"));
    assertThat(domain()).isEqualTo(new Domain("contoso.example", 1, 1, 1000, false));

    time.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(domain().refused()).isOne();
    time.advance(Duration.ofSeconds(1));
    assertThat(domain().refused()).isZero();
  }

  @ParameterizedTest(name = "{0} counts {1}")
  @CsvSource({"5.1.1, 1", "5.1.10, 1", "5.1.351, 1", "5.4.1, 1", "5.0.350, 0", "5.4.310, 0"})
  void countsWhatTheAlertCounts(String code, long count) {
    invalid.on(event(START, TraceEvent.Kind.FAIL, code));
    invalid.on(event(START, TraceEvent.Kind.DEFER, code));

    assertThat(domain().returned()).isEqualTo(count);
  }

  @Test
  void theQuotaIsExceededByOneMore() {
    for (int n = 0; n < InvalidRecipientQuota.COUNT; n++) {
      invalid.refused(BOB, Router.UNKNOWN_RECIPIENT);
    }
    assertThat(domain().exceeded()).isFalse();

    invalid.refused(BOB, Router.UNKNOWN_RECIPIENT);

    assertThat(domain().exceeded()).isTrue();
  }

  private Domain domain() {
    return invalid.list().domains().get(0);
  }

  private List<HealthDocument.Bucket> buckets() {
    return health.of("To on-premises", Optional.empty()).buckets();
  }

  private static ConnectorEvent event(Instant time, TraceEvent.Kind kind, String code) {
    return new ConnectorEvent(
        Optional.of("To on-premises"),
        Optional.of("id"),
        new TraceEvent(
            time, kind, Optional.of(BOB), Optional.of(EnhancedStatusCode.of(code)), "", List.of()));
  }
}
