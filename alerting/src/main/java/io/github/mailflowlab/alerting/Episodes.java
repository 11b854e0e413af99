package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns verdicts into the beginning, the course and the end of episodes, and tells the notifiers of
 * both ends. Confined to the alert service's thread.
 */
final class Episodes {
  private static final Logger LOG = LoggerFactory.getLogger(Episodes.class);

  private final AlertSettings settings;
  private final Supplier<List<Connector>> connectors;
  private final List<AlertNotifier> notifiers;
  private final AlertHistory history;
  private final Map<Concern, Alert> open = new HashMap<>();

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
        .forEach(alert -> open.putIfAbsent(alert.concern(), alert));
  }

  /** The alerts whose episode is not over, those of the store among them. */
  List<Alert> ongoing() {
    return List.copyOf(open.values());
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
    open.replace(alert.concern(), known.get(), alert);
    if (alert.state().isClosed() && alert.told()) {
      tell(notifier -> notifier.resolved(alert));
    }
    history.replace(alert);
    return AlertChange.DONE;
  }

  /** Takes what a policy says of a subject as of now. */
  void take(Policy policy, String subject, Verdict verdict, Instant now) {
    Concern concern = new Concern(policy.title().name(), subject);
    Alert known = open.get(concern);
    if (verdict.trouble().isEmpty()) {
      end(concern, now);
    } else if (known == null) {
      begin(policy, concern, verdict.trouble().get(), now);
    } else if (!known.state().isClosed()) {
      goOn(known, activity(policy, verdict.trouble().get(), known.lastError()), now);
    }
  }

  private void begin(Policy policy, Concern concern, Verdict.Trouble trouble, Instant now) {
    Alert alert =
        Alert.begin(
            nextId(trouble.since()),
            policy.title(),
            concern.subject(),
            trouble,
            now,
            activity(policy, trouble, Optional.empty()),
            mayTell(concern.policy(), trouble.connector(), now));
    open.put(concern, alert);
    if (alert.told()) {
      tell(notifier -> notifier.raised(alert));
    }
    // After telling: a crash in between tells twice rather than never.
    history.add(alert);
  }

  private void goOn(Alert known, Alert.Activity seen, Instant now) {
    Alert alert = known.withActivity(seen, now);
    if (!alert.equals(known)) {
      open.put(alert.concern(), alert);
      history.replace(alert);
    }
  }

  private boolean mayTell(String policy, String connector, Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    long told =
        history.newestFirst().stream()
            .filter(alert -> alert.policy().equals(policy) && alert.connector().equals(connector))
            .filter(alert -> alert.told() && !alert.raised().isBefore(today))
            .count();
    return settings.dailyLimit().isEmpty() || told < settings.dailyLimit().getAsInt();
  }

  /** The cause is gone, or nobody asks for it any more; no effect when there was no trouble. */
  void end(Concern concern, Instant now) {
    Alert known = open.remove(concern);
    if (known != null) {
      Alert alert = known.causeGone(now);
      if (!known.state().isClosed() && alert.told()) {
        tell(notifier -> notifier.resolved(alert));
      }
      history.replace(alert);
    }
  }

  /** A queue that drains has no error any more; the alert keeps the last one known. */
  private Alert.Activity activity(Policy policy, Verdict.Trouble seen, Optional<LastError> known) {
    Verdict.Trouble trouble = seen.withError(seen.lastError().or(() -> known));
    Optional<Connector> connector =
        connectors.get().stream().filter(c -> c.name().equals(seen.connector())).findFirst();
    ConnectorType type = connector.map(Connector::connectorType).orElse(ConnectorType.ON_PREMISES);
    return new Alert.Activity(
        trouble.count(),
        trouble.details(),
        trouble.lastError(),
        connector.map(Connector::destinationServer).orElse(""),
        policy.advice(trouble, type));
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
