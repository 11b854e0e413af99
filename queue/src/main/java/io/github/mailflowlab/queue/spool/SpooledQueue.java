package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.delivery.NextHop;
import java.time.Instant;
import java.util.Optional;

/**
 * A next-hop queue as it is stored.
 *
 * @param number from 1
 * @param retrying whether the next hop failed and probes test it
 * @param probes how many failures of the next hop there ever were; only grows
 * @param retryCount how many of them in a row
 * @param lastError of the next hop; absent unless retrying
 * @param lastRetry when the next hop was last found broken
 * @param nextRetry when it is probed; present exactly when retrying
 */
public record SpooledQueue(
    long number,
    NextHop nextHop,
    boolean retrying,
    long probes,
    int retryCount,
    Optional<DatedError> lastError,
    Optional<Instant> lastRetry,
    Optional<Instant> nextRetry) {
  public SpooledQueue {
    if (retrying != nextRetry.isPresent()) {
      throw new IllegalArgumentException("queue: " + number + " (expected: retrying with a time)");
    }
  }
}
