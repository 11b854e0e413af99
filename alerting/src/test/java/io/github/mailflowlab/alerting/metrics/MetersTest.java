package io.github.mailflowlab.alerting.metrics;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.alerting.Fixtures;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scrape shows. */
final class MetersTest {
  private static final Instant NOW = START.plusMillis(90_500);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @ParameterizedTest(name = "{0} {1} counts as {2}")
  @CsvSource({
    "DEFER, 4.4.312, 4.4.312",
    "DEFER, 4.4.315, 4.4.315",
    "DEFER, 4.4.316, 4.4.316",
    "DEFER, 4.4.317, 4.4.317",
    "DEFER, 4.4.318, 4.4.318",
    "DEFER, 4.7.320, 4.7.320",
    "FAIL, 5.4.316, 4.4.316",
    "FAIL, 5.7.320, 4.7.320",
    "DEFER, 4.4.319, other4xx",
    "DEFER, 4.2.1, other4xx",
    "FAIL, 5.4.300, 5.4.300",
    "FAIL, 5.1.351, 5.1.351",
    "FAIL, 5.7.1, other5xx",
    "SEND, 2.0.0, none",
    "SUBMIT, '', none",
  })
  void countsEventsByConnectorKindAndCode(TraceEvent.Kind kind, String code, String tag) {
    DeliveryMeters meters = new DeliveryMeters(registry);
    meters.on(Fixtures.event(Optional.of(ON_PREMISES), kind, code));
    meters.on(Fixtures.event(Optional.of(ON_PREMISES), kind, code));

    assertThat(registry.scrape())
        .contains(
            "mailflow_events_total{code=\"%s\",connector=\"To on-premises\",kind=\"%s\"} 2.0"
                .formatted(tag, kind.label().toLowerCase(Locale.ROOT)));
  }

  @Test
  void localMailHasNoConnector() {
    new DeliveryMeters(registry)
        .on(Fixtures.event(Optional.empty(), TraceEvent.Kind.DELIVER, "2.0.0"));

    assertThat(registry.scrape()).contains("connector=\"none\",kind=\"deliver\"");
  }

  @Test
  void noNumberOfConnectorsMakesSeriesWithoutEnd() {
    DeliveryMeters meters = new DeliveryMeters(registry);
    for (int i = 0; i < 1_000; i++) {
      meters.on(Fixtures.event("connector " + i));
    }

    assertThat(registry.getMeters()).hasSize(DeliveryMeters.MAX_CONNECTORS + 1);
    assertThat(registry.scrape()).contains("connector=\"connector 99\"", "connector=\"other\"");
  }

  @Test
  void noCodeThatAPeerThinksOfMakesASeries() {
    DeliveryMeters meters = new DeliveryMeters(registry);
    for (int subject = 0; subject < 1_000; subject++) {
      for (TraceEvent.Kind kind : List.of(TraceEvent.Kind.DEFER, TraceEvent.Kind.FAIL)) {
        int statusClass = kind == TraceEvent.Kind.DEFER ? 4 : 5;
        String code = statusClass + "." + subject + ".999";
        meters.on(Fixtures.event(Optional.of(ON_PREMISES), kind, code));
      }
    }

    assertThat(registry.getMeters()).hasSize(2);
  }

  @Test
  void noTlsVersionThatAPeerThinksOfMakesASeries() {
    AttemptMeters meters = new AttemptMeters(registry);
    for (int version = 0; version < 1_000; version++) {
      meters.note(
          "connector " + version, attempt(Optional.of("TLSv9." + version + " X")), Duration.ZERO);
    }

    assertThat(registry.getMeters()).hasSize(DeliveryMeters.MAX_CONNECTORS + 1);
    assertThat(registry.scrape()).contains("tls=\"other\"").doesNotContain("TLSv9");
  }

  @Test
  void timesAttemptsByConnectorAndTls() {
    AttemptMeters meters = new AttemptMeters(registry);
    meters.note(
        ON_PREMISES, attempt(Optional.of("TLSv1.3 TLS_AES_128_GCM_SHA256")), Duration.ofSeconds(2));
    meters.note(ON_PREMISES, attempt(Optional.empty()), Duration.ofMillis(20));

    String name = "mailflow_attempt_duration_seconds";
    assertThat(registry.scrape())
        .contains(name + "_count{connector=\"To on-premises\",tls=\"TLSv1.3\"} 1")
        .contains(name + "_sum{connector=\"To on-premises\",tls=\"TLSv1.3\"} 2.0")
        .contains(name + "_bucket{connector=\"To on-premises\",tls=\"TLSv1.3\",le=\"1.0\"} 0")
        .contains(name + "_bucket{connector=\"To on-premises\",tls=\"TLSv1.3\",le=\"10.0\"} 1")
        .contains(name + "_count{connector=\"To on-premises\",tls=\"none\"} 1");
  }

  @Test
  void showsWhatWaitsAsOfTheLastReading() {
    List<Backlog> now = new ArrayList<>(List.of(backlog(7)));
    BacklogMeters meters = backlogs((connector, receivedBy, threshold) -> now.get(0));
    meters.refresh();
    now.set(0, backlog(8));
    meters.refresh();

    assertThat(registry.scrape())
        .contains("mailflow_queue_messages{connector=\"To on-premises\"} 8.0")
        .contains("mailflow_queue_messages{connector=\"To fabrikam\"} 8.0")
        .contains("mailflow_queue_oldest_age_seconds{connector=\"To on-premises\"} 90.5");
  }

  @Test
  void countsAsDelayedWhatTheAlertCounts() {
    backlogs(
            (connector, receivedBy, threshold) ->
                receivedBy.equals(NOW.minus(Duration.ofHours(1))) ? backlog(5) : backlog(0))
        .refresh();

    assertThat(registry.scrape())
        .contains("mailflow_queue_delayed_messages{connector=\"To on-premises\"} 4.0");
  }

  @Test
  void followsTheConfiguredConnectors() {
    List<Connector> configured = new ArrayList<>(Fixtures.connectors());
    BacklogMeters meters =
        new BacklogMeters(
            registry,
            (connector, by, threshold) -> backlog(0),
            () -> configured,
            () -> NOW,
            Duration.ofHours(1));
    meters.refresh();
    configured.remove(1);
    meters.refresh();

    assertThat(registry.scrape())
        .contains("mailflow_queue_messages{connector=\"To on-premises\"} 0.0")
        .contains("mailflow_queue_oldest_age_seconds{connector=\"To on-premises\"} 0.0")
        .doesNotContain("To fabrikam");
  }

  @Test
  void aBacklogThatCannotBeReadShowsAsNotANumber() {
    backlogs(
            (connector, by, threshold) -> {
              throw new IllegalStateException("disk gone");
            })
        .refresh();

    assertThat(registry.scrape()).contains("{connector=\"To on-premises\"} NaN");
  }

  @Test
  void showsTheEndOfTheCertificateThatAServerPresentedLast() {
    CertificateMeters meters = new CertificateMeters(registry);
    meters.seen(ON_PREMISES, "mail.contoso.example", NOW);
    meters.seen(ON_PREMISES, "mail.contoso.example", Instant.ofEpochSecond(1_800_000_000));

    assertThat(registry.scrape())
        .contains(
            "mailflow_certificate_expiry_timestamp_seconds{connector=\"To on-premises\","
                + "server=\"mail.contoso.example\"} 1.8E9");
  }

  @Test
  void noNumberOfServersMakesSeriesWithoutEnd() {
    CertificateMeters meters = new CertificateMeters(registry);
    for (int server = 0; server < 1_000; server++) {
      meters.seen(ON_PREMISES, "mail" + server + ".contoso.example", NOW);
    }

    assertThat(registry.getMeters()).hasSize(CertificateMeters.MAX_SERVERS);
  }

  @Test
  void showsWhetherTheSpoolCanBeWritten() {
    SpoolMeter meter = new SpoolMeter(registry);
    assertThat(registry.scrape()).contains("mailflow_spool_writable 1.0");
    meter.onSpool(false);
    assertThat(registry.scrape()).contains("mailflow_spool_writable 0.0");
    meter.onSpool(true);
    assertThat(registry.scrape()).contains("mailflow_spool_writable 1.0");
  }

  private BacklogMeters backlogs(Backlog.View view) {
    return new BacklogMeters(registry, view, Fixtures::connectors, () -> NOW, Duration.ofHours(1));
  }

  private static AttemptReport attempt(Optional<String> tls) {
    return new AttemptReport(
        Optional.empty(), Map.of(), false, Map.of(), Optional.empty(), tls, List.of());
  }

  private static Backlog backlog(long queued) {
    return new Backlog(
        "any",
        queued,
        Math.max(0, queued - 1),
        Optional.empty(),
        queued == 0 ? Optional.empty() : Optional.of(START),
        Optional.empty());
  }
}
