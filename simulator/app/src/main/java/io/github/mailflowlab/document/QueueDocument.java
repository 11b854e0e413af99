package io.github.mailflowlab.document;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.queue.QueueView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One next-hop queue. */
public record QueueDocument(
    String id,
    String connector,
    String nextHop,
    String deliveryType,
    String status,
    long messageCount,
    long deferredMessageCount,
    Optional<String> code,
    Optional<String> lastError,
    Optional<Instant> queuedSince,
    Optional<Instant> lastRetryTime,
    Optional<Instant> nextRetryTime,
    int retryCount,
    Optional<Instant> oldestExpires) {

  /** The list of queues. */
  public record Listing(List<QueueDocument> queues) {}

  /** The document of a queue, with the smart hosts its connector has now. */
  public static QueueDocument of(QueueView view, List<Connector> connectors) {
    return new QueueDocument(
        view.id(),
        view.nextHop().connector(),
        nextHop(view, connectors),
        view.nextHop().deliveryType(),
        view.status().label(),
        view.messageCount(),
        view.deferredMessageCount(),
        view.lastError().map(error -> error.status().toString()),
        view.lastError().map(LastError::toString),
        view.queuedSince(),
        view.lastRetryTime(),
        view.nextRetryTime(),
        view.retryCount(),
        view.oldestExpires());
  }

  private static String nextHop(QueueView view, List<Connector> connectors) {
    return view.nextHop()
        .mxDomain()
        .map(DomainName::value)
        .orElseGet(
            () ->
                connectors.stream()
                    .filter(connector -> connector.name().equals(view.nextHop().connector()))
                    .map(Connector::destinationServer)
                    .findFirst()
                    .orElse(""));
  }
}
