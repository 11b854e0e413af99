package io.github.mailflowlab.report;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.document.HealthDocument;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts for charts how each connector does: attempts and TLS from the client's reports,
 * deliveries, deferrals and returns from the queue's events. In memory, bounded, since the start of
 * this run. Any thread; returns at once.
 */
public final class ConnectorHealth implements EventSink {
  /** Those beyond are not counted; a lab has a handful. */
  static final int MAX_CONNECTORS = 100;

  private final InstantSource clock;
  private final Map<String, HealthSeries> connectors = new ConcurrentHashMap<>();

  public ConnectorHealth(InstantSource clock) {
    this.clock = clock;
  }

  /** The same transport, whose attempts are counted. */
  public Transport watched(Transport transport) {
    return new WatchedTransport(
        transport, request -> report -> note(request.connector().name(), report));
  }

  private void note(String connector, AttemptReport report) {
    series(connector)
        .ifPresent(
            series ->
                series.note(
                    clock.instant(),
                    tally -> {
                      tally.attempt();
                      if (!report.delivered().isEmpty()) {
                        tally.tls(version(report.tls()));
                      }
                    }));
  }

  @Override
  public void on(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    String code = trace.code().map(EnhancedStatusCode::toString).orElse("none");
    event
        .connector()
        .flatMap(this::series)
        .ifPresent(
            series -> {
              switch (trace.kind()) {
                case SEND -> series.note(trace.time(), HealthSeries.Tally::delivered);
                case DEFER -> series.note(trace.time(), tally -> tally.deferred(code));
                case FAIL -> series.note(trace.time(), tally -> tally.returned(code));
                case RECEIVE,
                    SUBMIT,
                    DELIVER,
                    EXPAND,
                    DSN,
                    SUSPEND,
                    RESUME,
                    RETRY,
                    RESUBMIT,
                    REMOVE -> {
                  // Nothing that says how the connector does.
                }
              }
            });
  }

  /** What is known of a connector, the oldest first; nothing when it has done nothing. */
  public HealthDocument of(String connector, Optional<Instant> since) {
    HealthSeries series = connectors.get(connector);
    return new HealthDocument(
        connector,
        HealthSeries.BUCKET,
        series == null ? List.of() : series.since(since.orElse(Instant.EPOCH)));
  }

  private Optional<HealthSeries> series(String connector) {
    HealthSeries known = connectors.get(connector);
    if (known == null && connectors.size() < MAX_CONNECTORS) {
      known = connectors.computeIfAbsent(connector, name -> new HealthSeries());
    }
    return Optional.ofNullable(known);
  }

  /** Of version and cipher suite, the version. */
  private static String version(Optional<String> tls) {
    return tls.map(text -> text.split(" ", 2)[0]).orElse("none");
  }
}
