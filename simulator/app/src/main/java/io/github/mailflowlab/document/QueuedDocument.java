package io.github.mailflowlab.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connector in the queued messages report (exchange-online-behaviour 5.2).
 *
 * @param connectorType absent when the connector is gone and its mail is not
 * @param count messages that have been queued for long; 0 is well
 * @param queuedSince when the oldest message was received
 * @param oldestExpires when the oldest message is returned
 * @param oldestExpiresIn how long that is from now
 * @param lastError without brackets and labels
 * @param advice how to fix it; empty when nothing has been queued for long
 * @param alert the id of the alert that this has raised
 */
public record QueuedDocument(
    String connector,
    Optional<String> connectorType,
    long count,
    Optional<Instant> queuedSince,
    Optional<Instant> oldestExpires,
    Optional<Duration> oldestExpiresIn,
    String destinationServer,
    Optional<String> code,
    Optional<String> lastError,
    List<String> advice,
    Optional<String> alert) {

  /**
   * The report.
   *
   * @param queuedFor how long is long
   */
  public record Listing(Duration queuedFor, List<QueuedDocument> connectors) {}

  /** One connector, with a page of its messages, the newest first. */
  public record Detail(
      @JsonUnwrapped QueuedDocument connector,
      List<MessageDocument> messages,
      Optional<String> nextCursor) {}
}
