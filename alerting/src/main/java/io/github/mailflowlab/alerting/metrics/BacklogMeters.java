package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.event.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How much waits behind each configured connector, asked for at the moment of the scrape:
 *
 * <ul>
 *   <li>{@code mailflow_queue_messages{connector}}: messages with a recipient not yet decided. It
 *       should return to zero; that it stays high says that the next hop is slow or gone.
 *   <li>{@code mailflow_queue_oldest_age_seconds{connector}}: for how long the oldest of them has
 *       waited, on the lab's clock. Near the expiry, mail is about to go back.
 * </ul>
 *
 * <p>A gauge is NaN while the backlog cannot be read. Any thread; a scrape may read from a disk.
 */
public final class BacklogMeters {
  private final MultiGauge messages;
  private final MultiGauge oldestAge;
  private final Backlog.View backlogs;
  private final Supplier<List<Connector>> connectors;
  private final InstantSource clock;

  /** Registers the gauges for the connectors of now. */
  public BacklogMeters(
      MeterRegistry registry,
      Backlog.View backlogs,
      Supplier<List<Connector>> connectors,
      InstantSource clock) {
    this.backlogs = backlogs;
    this.connectors = connectors;
    this.clock = clock;
    this.messages =
        MultiGauge.builder("mailflow.queue.messages")
            .description("Messages that wait behind a connector")
            .register(registry);
    this.oldestAge =
        MultiGauge.builder("mailflow.queue.oldest.age")
            .description("How long the oldest of them has waited")
            .baseUnit("seconds")
            .register(registry);
    refresh();
  }

  /** Follows a change of the configured connectors: drops the gauges of those that are gone. */
  public void refresh() {
    messages.register(rows(Backlog::queued), true);
    oldestAge.register(rows(this::ageOfOldest), true);
  }

  private List<MultiGauge.Row<?>> rows(Function<Backlog, Number> figure) {
    return connectors.get().stream()
        .limit(DeliveryMeters.MAX_CONNECTORS)
        .<MultiGauge.Row<?>>map(
            connector ->
                MultiGauge.Row.of(
                    Tags.of("connector", connector.name()),
                    () -> figure.apply(backlogOf(connector))))
        .toList();
  }

  private Backlog backlogOf(Connector connector) {
    return backlogs.backlog(connector.name(), clock.instant(), 1);
  }

  private double ageOfOldest(Backlog backlog) {
    Instant now = clock.instant();
    return backlog.queuedSince().map(since -> Duration.between(since, now)).stream()
        .mapToDouble(age -> age.toMillis() / 1000.0)
        .findFirst()
        .orElse(0);
  }
}
