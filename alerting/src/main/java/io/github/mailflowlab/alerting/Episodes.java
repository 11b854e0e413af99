package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy itself: turns looks at backlogs into the beginning, the course and the end of
 * episodes, and tells the notifiers of both ends. Confined to the alert service's thread.
 */
final class Episodes {
  private static final Logger LOG = LoggerFactory.getLogger(Episodes.class);

  private final AlertSettings settings;
  private final Supplier<List<Connector>> connectors;
  private final List<AlertNotifier> notifiers;
  private final AlertHistory history;
  private final Map<String, Alert> open = new HashMap<>();
  private long begun;

  Episodes(
      AlertSettings settings,
      Supplier<List<Connector>> connectors,
      List<AlertNotifier> notifiers,
      AlertHistory history) {
    this.settings = settings;
    this.connectors = connectors;
    this.notifiers = List.copyOf(notifiers);
    this.history = history;
  }

  /**
   * Judges one connector's backlog as of now.
   *
   * @return when the connector has to be looked at again if nothing happens until then
   */
  Optional<Instant> judge(Backlog backlog, Instant now) {
    Optional<Instant> due =
        backlog.thresholdReceived().map(received -> received.plus(settings.delayedFor()));
    // Decided by this instant rather than by the count, so that a look can never be due and yet
    // find nothing to do.
    if (due.isPresent() && !due.get().isAfter(now)) {
      delayed(backlog, due.get(), now);
      return Optional.empty();
    }
    notDelayed(backlog.connector(), now);
    return due;
  }

  private void delayed(Backlog backlog, Instant since, Instant now) {
    Alert known = open.get(backlog.connector());
    if (known == null) {
      begin(backlog, since, now);
    } else {
      Alert alert = known.withActivity(activity(backlog, known.lastError()), now);
      open.put(alert.connector(), alert);
      history.replace(alert);
    }
  }

  private void begin(Backlog backlog, Instant since, Instant now) {
    Alert alert =
        Alert.messagesDelayed(
            nextId(since),
            backlog.connector(),
            settings.threshold(),
            since,
            now,
            activity(backlog, Optional.empty()));
    open.put(alert.connector(), alert);
    history.add(alert);
    tell(notifier -> notifier.raised(alert));
  }

  private void notDelayed(String connector, Instant now) {
    Alert known = open.remove(connector);
    if (known != null) {
      Alert alert = known.resolvedAt(now);
      history.replace(alert);
      tell(notifier -> notifier.resolved(alert));
    }
  }

  /** A queue that drains has no error any more; the alert keeps the last one known. */
  private Alert.Activity activity(Backlog backlog, Optional<LastError> known) {
    Optional<LastError> lastError = backlog.lastError().or(() -> known);
    Optional<Connector> connector =
        connectors.get().stream().filter(c -> c.name().equals(backlog.connector())).findFirst();
    ConnectorType type = connector.map(Connector::connectorType).orElse(ConnectorType.ON_PREMISES);
    return new Alert.Activity(
        backlog.delayed(),
        lastError,
        connector.map(Connector::destinationServer).orElse(""),
        Advice.forError(lastError, type));
  }

  private void tell(Consumer<AlertNotifier> news) {
    for (AlertNotifier notifier : notifiers) {
      try {
        news.accept(notifier);
      } catch (RuntimeException e) {
        LOG.error("{} failed", notifier.getClass().getSimpleName(), e);
      }
    }
  }

  private String nextId(Instant since) {
    begun++;
    return "a"
        + Long.toUnsignedString(since.toEpochMilli(), Character.MAX_RADIX)
        + Long.toString(begun, Character.MAX_RADIX);
  }
}
