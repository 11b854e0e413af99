package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts trace events: {@code mailflow_events_total{connector, kind, code}} in Prometheus's
 * spelling. It moves once per event, so a queue of a thousand messages whose next hop fails counts
 * one {@code defer} per probe. What an operator should think: {@code defer} growing with no {@code
 * send} is a dead next hop, and {@code code} says which kind; {@code fail} growing is mail going
 * back to its senders. Any thread; returns at once.
 *
 * <p>Tags are bounded whatever peers reply: {@code code} is one of the connector's six (an expired
 * one counts under its deferred form, told apart by {@code kind="fail"}), one with which mail goes
 * back ({@link ReturnStatus}), {@code other4xx}, {@code other5xx} or {@code none}; {@code
 * connector} is {@code none} for local mail and {@code other} beyond {@value #MAX_CONNECTORS}
 * names.
 */
public final class DeliveryMeters implements EventSink {
  static final int MAX_CONNECTORS = 100;

  private record Series(String connector, TraceEvent.Kind kind, String code) {}

  private final MeterRegistry registry;
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
  private final BoundedNames connectors = new BoundedNames(MAX_CONNECTORS);

  public DeliveryMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void on(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    Series series =
        new Series(
            event.connector().map(connectors::bounded).orElse("none"),
            trace.kind(),
            trace.code().map(DeliveryMeters::codeTag).orElse("none"));
    counters.computeIfAbsent(series, this::counter).increment();
  }

  private Counter counter(Series series) {
    return Counter.builder("mailflow.events")
        .description("What happened to mail, by connector, kind and code")
        .tag("connector", series.connector())
        .tag("kind", series.kind().label().toLowerCase(Locale.ROOT))
        .tag("code", series.code())
        .register(registry);
  }

  private static String codeTag(EnhancedStatusCode code) {
    return ConnectorStatus.of(code)
        .map(ConnectorStatus::code)
        .or(() -> ReturnStatus.of(code).map(ReturnStatus::code))
        .map(EnhancedStatusCode::toString)
        .orElseGet(() -> code.statusClass() == 2 ? "none" : "other" + code.statusClass() + "xx");
  }
}
