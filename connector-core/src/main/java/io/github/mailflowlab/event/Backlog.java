package io.github.mailflowlab.event;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.Optional;

/**
 * What waits behind one connector, over all its queues.
 *
 * @param queued messages with a recipient not yet decided
 * @param delayed those received at or before the instant asked for
 * @param thresholdReceived when the n-th oldest of them was received, n being the threshold asked
 *     for; absent when fewer are queued
 * @param queuedSince when the oldest was received
 * @param lastError the newest error of its queues and messages
 */
public record Backlog(
    String connector,
    long queued,
    long delayed,
    Optional<Instant> thresholdReceived,
    Optional<Instant> queuedSince,
    Optional<LastError> lastError) {

  /** Where a backlog can be looked up. */
  @FunctionalInterface
  public interface View {
    /**
     * The backlog of one connector now. Any thread; may read from a disk.
     *
     * @param receivedBy up to when a message counts as delayed
     * @param threshold at least 1
     */
    Backlog backlog(String connector, Instant receivedBy, int threshold);
  }
}
