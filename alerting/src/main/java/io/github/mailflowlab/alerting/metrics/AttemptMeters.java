package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.delivery.AttemptReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long attempts take, on the wall clock: {@code mailflow_attempt_duration_seconds{connector,
 * tls}}, a histogram, whose {@code _count} is the number of attempts. {@code tls} is the version
 * that the attempt ended with, {@code none} without. It moves when an attempt is over. What an
 * operator should think: more and more attempts in the upper buckets is a next hop that is slow or
 * falls silent; {@code tls="none"} behind a connector that should encrypt is mail in clear, or
 * attempts that did not come so far. Any thread; returns at once.
 *
 * <p>Tags are bounded: {@value DeliveryMeters#MAX_CONNECTORS} connectors by name, then {@code
 * other}; the versions of TLS that are known today, then {@code other}.
 */
public final class AttemptMeters {
  private static final Set<String> VERSIONS = Set.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private record Series(String connector, String tls) {}

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
  private final BoundedNames connectors = new BoundedNames(DeliveryMeters.MAX_CONNECTORS);

  public AttemptMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** An attempt of this connector is over. */
  public void note(String connector, AttemptReport report, Duration took) {
    String tls = report.tls().map(AttemptMeters::version).orElse("none");
    timers
        .computeIfAbsent(new Series(connectors.bounded(connector), tls), this::timer)
        .record(took);
  }

  private Timer timer(Series series) {
    return Timer.builder("mailflow.attempt.duration")
        .description("How long attempts to deliver take")
        .tag("connector", series.connector())
        .tag("tls", series.tls())
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5))
        .register(registry);
  }

  /** Of version and cipher suite, the version. */
  private static String version(String tls) {
    String version = tls.split(" ", 2)[0];
    return VERSIONS.contains(version) ? version : "other";
  }
}
