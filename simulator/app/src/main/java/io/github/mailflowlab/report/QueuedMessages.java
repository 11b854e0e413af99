package io.github.mailflowlab.report;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.document.MessageDocument;
import io.github.mailflowlab.document.QueuedDocument;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.QueueView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The queued messages report (exchange-online-behaviour 5.2): what has been queued for long behind
 * each connector, also where it is too little for an alert. Looked up when asked for. Any thread;
 * reads from the disk.
 *
 * @param queuedFor how long is long
 */
public record QueuedMessages(
    MailQueue queue,
    Supplier<List<Connector>> connectors,
    Supplier<List<Alert>> alerts,
    InstantSource clock,
    Duration queuedFor) {

  /** All connectors, those that are gone and have mail still among them. */
  public QueuedDocument.Listing list() {
    Set<String> names = new LinkedHashSet<>();
    connectors.get().forEach(connector -> names.add(connector.name()));
    queue.queues().stream()
        .filter(view -> view.messageCount() > 0)
        .forEach(view -> names.add(view.nextHop().connector()));
    return new QueuedDocument.Listing(queuedFor, names.stream().map(this::row).toList());
  }

  /** One of them, in any case, with its messages; empty when there is none of this name. */
  public Optional<QueuedDocument.Detail> detail(String name, int limit, Optional<String> cursor) {
    return list().connectors().stream()
        .filter(row -> row.connector().equalsIgnoreCase(name))
        .findFirst()
        .map(
            row -> {
              MessageDocument.Listing page =
                  MessageDocument.Listing.of(
                      queue.delayed(row.connector(), receivedBy(), limit, cursor));
              return new QueuedDocument.Detail(row, page.messages(), page.nextCursor());
            });
  }

  private QueuedDocument row(String name) {
    Optional<Connector> connector =
        connectors.get().stream().filter(one -> one.name().equals(name)).findFirst();
    Backlog backlog = queue.backlog(name, receivedBy(), 1);
    Optional<Instant> expires =
        queuesOf(name)
            .flatMap(view -> view.oldestExpires().stream())
            .min(Comparator.naturalOrder());
    ConnectorType type = connector.map(Connector::connectorType).orElse(ConnectorType.ON_PREMISES);
    return new QueuedDocument(
        name,
        connector.map(one -> one.connectorType().parameter()),
        backlog.delayed(),
        backlog.queuedSince(),
        expires,
        expires.map(
            instant -> Duration.between(clock.instant().truncatedTo(ChronoUnit.MILLIS), instant)),
        connector.map(Connector::destinationServer).orElse(""),
        backlog.lastError().map(error -> error.status().toString()),
        backlog.lastError().map(LastError::plain),
        backlog.delayed() == 0 ? List.of() : Advice.forError(backlog.lastError(), type),
        alerts.get().stream()
            .filter(alert -> alert.connector().equals(name) && alert.ongoing())
            .map(Alert::id)
            .findFirst());
  }

  private Stream<QueueView> queuesOf(String connector) {
    return queue.queues().stream().filter(view -> view.nextHop().connector().equals(connector));
  }

  private Instant receivedBy() {
    return clock.instant().minus(queuedFor);
  }
}
