package io.github.mailflowlab.node;

import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.alerting.metrics.AlertMeters;
import io.github.mailflowlab.alerting.metrics.AttemptMeters;
import io.github.mailflowlab.alerting.metrics.BacklogMeters;
import io.github.mailflowlab.alerting.metrics.CertificateMeters;
import io.github.mailflowlab.alerting.metrics.DeliveryMeters;
import io.github.mailflowlab.alerting.metrics.SpoolMeter;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.pressure.Pressure;
import io.github.mailflowlab.pressure.PressureMeters;
import io.github.mailflowlab.report.WatchedTransport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * All meters of a node, and the text that {@code GET /metrics} shows. Beside those of alerting and
 * pressure there are its own:
 *
 * <ul>
 *   <li>{@code mailflow_build_info{version}}: always 1.
 *   <li>{@code mailflow_node_leads}: 1 on the node that delivers, 0 on one that follows it. What
 *       waits, and the alerts, are shown by the leader alone, so that nothing is counted twice.
 *   <li>{@code mailflow_clock_timestamp_seconds}: the lab's time, in seconds since 1970. A
 *       monitoring system goes by its own; where the two differ, somebody moved the lab's.
 *   <li>memory, collections, threads, descriptors and processor of the process, as {@code jvm_*}
 *       and {@code process_*}.
 * </ul>
 *
 * <p>Any thread.
 */
final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry = registry();
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final DeliveryMeters deliveries = new DeliveryMeters(registry);
  private final AttemptMeters attempts = new AttemptMeters(registry);
  private final CertificateMeters certificates = new CertificateMeters(registry);
  private final SpoolMeter spool = new SpoolMeter(registry);

  /** What has to be read before a scrape. Under the lock of {@link #scrape}. */
  private final List<Runnable> readings = new ArrayList<>();

  Meters(InstantSource clock, boolean leads) {
    Gauge.builder("mailflow.build.info", () -> 1)
        .description("Which build this is")
        .tag("version", Version.text())
        .register(registry);
    Gauge.builder("mailflow.node.leads", () -> leads ? 1 : 0)
        .description("Whether this node delivers: 1 yes, 0 no, it follows one that does")
        .register(registry);
    Gauge.builder("mailflow.clock.timestamp", () -> clock.instant().getEpochSecond())
        .description("The lab's time")
        .baseUnit("seconds")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The machine as a whole is for others to watch; and nanoseconds are no unit for a counter. */
  private static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("system."))
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    return registry;
  }

  /** Who has to hear what happens. */
  List<EventSink> sinks() {
    return List.of(deliveries, spool);
  }

  CertificateSink certificates() {
    return certificates;
  }

  /** The same transport, whose attempts are timed on the wall clock. */
  Transport timed(Transport transport) {
    return new WatchedTransport(
        transport,
        request -> {
          long begun = now();
          return report ->
              attempts.note(request.connector().name(), report, Duration.ofNanos(now() - begun));
        });
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  /** From now on shows what waits, and the alerts. */
  synchronized void show(
      Backlog.View backlogs,
      Supplier<List<Connector>> connectors,
      AlertService alerts,
      InstantSource clock,
      Duration delayedFor) {
    readings.add(new BacklogMeters(registry, backlogs, connectors, clock, delayedFor)::refresh);
    readings.add(new AlertMeters(registry, alerts)::refresh);
  }

  /** From now on shows how much new mail is taken. */
  void show(Pressure pressure) {
    PressureMeters.register(registry, pressure);
  }

  /** Reads what has to be read, and writes all in Prometheus's text form; one at a time. */
  synchronized String scrape() {
    readings.forEach(Runnable::run);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
