package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  Episodes(
      AlertSettings settings,
      Supplier<List<Connector>> connectors,
      List<AlertNotifier> notifiers,
      AlertHistory history) {
    this.settings = settings;
    this.connectors = connectors;
    this.notifiers = List.copyOf(notifiers);
    this.history = history;
    history.newestFirst().stream()
        .filter(Alert::ongoing)
        .forEach(alert -> open.putIfAbsent(alert.connector(), alert));
  }

  /** The connectors with an episode that is not over, those of the store among them. */
  Set<String> ongoing() {
    return Set.copyOf(open.keySet());
  }

  /** Does with an alert what somebody wants. */
  AlertChange change(String id, Alert.Note note) {
    Optional<Alert> known = history.find(id);
    if (known.isEmpty()) {
      return AlertChange.UNKNOWN;
    }
    if (!known.get().state().mayBecome(note.state())) {
      return AlertChange.NOT_APPLICABLE;
    }
    Alert alert = known.get().noted(note);
    open.replace(alert.connector(), known.get(), alert);
    if (alert.state().isClosed() && alert.told()) {
      tell(notifier -> notifier.resolved(alert));
    }
    history.replace(alert);
    return AlertChange.DONE;
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
    } else if (!known.state().isClosed()) {
      Alert alert = known.withActivity(activity(backlog, known.lastError()), now);
      if (!alert.equals(known)) {
        open.put(alert.connector(), alert);
        history.replace(alert);
      }
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
            activity(backlog, Optional.empty()),
            mayTell(backlog.connector(), now));
    open.put(alert.connector(), alert);
    if (alert.told()) {
      tell(notifier -> notifier.raised(alert));
    }
    // After telling: a crash in between tells twice rather than never.
    history.add(alert);
  }

  private boolean mayTell(String connector, Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    long told =
        history.newestFirst().stream()
            .filter(alert -> alert.connector().equals(connector) && alert.told())
            .filter(alert -> !alert.raised().isBefore(today))
            .count();
    return settings.dailyLimit().isEmpty() || told < settings.dailyLimit().getAsInt();
  }

  private void notDelayed(String connector, Instant now) {
    Alert known = open.remove(connector);
    if (known != null) {
      Alert alert = known.causeGone(now);
      if (!known.state().isClosed() && alert.told()) {
        tell(notifier -> notifier.resolved(alert));
      }
      history.replace(alert);
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
    return "a"
        + Long.toUnsignedString(since.toEpochMilli(), Character.MAX_RADIX)
        + Long.toString(history.nextNumber(), Character.MAX_RADIX);
  }
}
