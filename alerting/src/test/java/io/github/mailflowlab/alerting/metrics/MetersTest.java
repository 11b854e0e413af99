package io.github.mailflowlab.alerting.metrics;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.alerting.Fixtures;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scrape shows. */
final class MetersTest {
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
    "FAIL, 5.4.300, other5xx",
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
  void showsWhatWaitsAtTheMomentOfTheScrape() {
    List<Backlog> now = new ArrayList<>(List.of(backlog(7)));
    BacklogMeters meters =
        new BacklogMeters(
            registry,
            (connector, receivedBy, threshold) -> now.get(0),
            Fixtures::connectors,
            () -> START.plusMillis(90_500));
    now.set(0, backlog(8));

    assertThat(meters).isNotNull();
    assertThat(registry.scrape())
        .contains("mailflow_queue_messages{connector=\"To on-premises\"} 8.0")
        .contains("mailflow_queue_messages{connector=\"To fabrikam\"} 8.0")
        .contains("mailflow_queue_oldest_age_seconds{connector=\"To on-premises\"} 90.5");
  }

  @Test
  void followsTheConfiguredConnectors() {
    List<Connector> configured = new ArrayList<>(Fixtures.connectors());
    BacklogMeters meters =
        new BacklogMeters(
            registry, (connector, by, threshold) -> backlog(0), () -> configured, () -> START);
    configured.remove(1);
    meters.refresh();

    assertThat(registry.scrape())
        .contains("mailflow_queue_messages{connector=\"To on-premises\"} 0.0")
        .contains("mailflow_queue_oldest_age_seconds{connector=\"To on-premises\"} 0.0")
        .doesNotContain("To fabrikam");
  }

  @Test
  void aBacklogThatCannotBeReadShowsAsNotANumber() {
    Backlog.View broken =
        (connector, by, threshold) -> {
          throw new IllegalStateException("disk gone");
        };
    BacklogMeters meters = new BacklogMeters(registry, broken, Fixtures::connectors, () -> START);

    assertThat(meters).isNotNull();
    assertThat(registry.scrape()).contains("{connector=\"To on-premises\"} NaN");
  }

  private static Backlog backlog(long queued) {
    return new Backlog(
        "any",
        queued,
        0,
        Optional.empty(),
        queued == 0 ? Optional.empty() : Optional.of(START),
        Optional.empty());
  }
}
