package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.event.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much waits behind each connector:
 *
 * <ul>
 *   <li>{@code mailflow_queue_messages{connector}}: messages with a recipient not yet decided. It
 *       should return to zero; that it stays high says that the next hop is slow or gone.
 *   <li>{@code mailflow_queue_delayed_messages{connector}}: those of them that count as delayed
 *       ({@code alerts.delayedFor}), as in the alert "Messages have been delayed".
 *   <li>{@code mailflow_queue_oldest_age_seconds{connector}}: for how long the oldest of them has
 *       waited, on the lab's clock. Near the expiry, mail is about to go back.
 * </ul>
 *
 * <p>They are read once for each scrape, which says so by {@link #refresh}: a scrape may read from
 * a disk. A gauge is NaN when its backlog could not be read. For one thread at a time.
 */
public final class BacklogMeters {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogMeters.class);

  private final MultiGauge messages;
  private final MultiGauge delayed;
  private final MultiGauge oldestAge;
  private final Backlog.View backlogs;
  private final Supplier<List<Connector>> connectors;
  private final InstantSource clock;
  private final Duration delayedFor;

  private record Reading(String connector, Optional<Backlog> backlog) {}

  /**
   * Registers the gauges, which show nothing before the first {@link #refresh}.
   *
   * @param connectors as they are now
   * @param delayedFor how long a message waits before it counts as delayed
   */
  public BacklogMeters(
      MeterRegistry registry,
      Backlog.View backlogs,
      Supplier<List<Connector>> connectors,
      InstantSource clock,
      Duration delayedFor) {
    this.backlogs = backlogs;
    this.connectors = connectors;
    this.clock = clock;
    this.delayedFor = delayedFor;
    this.messages =
        MultiGauge.builder("mailflow.queue.messages")
            .description("Messages that wait behind a connector")
            .register(registry);
    this.delayed =
        MultiGauge.builder("mailflow.queue.delayed.messages")
            .description("Messages that have waited behind a connector for so long that it counts")
            .register(registry);
    this.oldestAge =
        MultiGauge.builder("mailflow.queue.oldest.age")
            .description("How long the oldest message behind a connector has waited")
            .baseUnit("seconds")
            .register(registry);
  }

  /** Reads what waits now; a connector that is gone has no gauges any more. */
  public void refresh() {
    Instant now = clock.instant();
    List<Reading> readings =
        connectors.get().stream()
            .limit(DeliveryMeters.MAX_CONNECTORS)
            .map(connector -> read(connector.name(), now))
            .toList();
    show(messages, readings, Backlog::queued);
    show(delayed, readings, Backlog::delayed);
    show(oldestAge, readings, backlog -> age(backlog, now));
  }

  private Reading read(String connector, Instant now) {
    try {
      return new Reading(
          connector, Optional.of(backlogs.backlog(connector, now.minus(delayedFor), 1)));
    } catch (RuntimeException e) {
      LOG.warn("the backlog of \"{}\" could not be read for a scrape", connector, e);
      return new Reading(connector, Optional.empty());
    }
  }

  private static void show(
      MultiGauge gauge, List<Reading> readings, ToDoubleFunction<Backlog> figure) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Reading reading : readings) {
      double value = reading.backlog().map(figure::applyAsDouble).orElse(Double.NaN);
      rows.add(MultiGauge.Row.of(Tags.of("connector", reading.connector()), value));
    }
    gauge.register(rows, true);
  }

  private static double age(Backlog backlog, Instant now) {
    return backlog
        .queuedSince()
        .map(since -> Duration.between(since, now).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
