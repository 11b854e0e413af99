package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.Optional;

/**
 * A queue as it is shown.
 *
 * @param id {@code [a-z0-9]+}
 * @param messageCount messages with a recipient not yet decided
 * @param deferredMessageCount those of them that wait: all of them in Retry
 * @param lastError of the next hop while in Retry; the newest of its messages while Active and some
 *     of them wait
 * @param queuedSince when the oldest message was received
 * @param lastRetryTime when the next hop was last found broken
 * @param nextRetryTime when the next hop is probed while in Retry; when the next of its messages is
 *     due while Active and some of them wait
 * @param retryCount how often in a row it was found broken
 * @param oldestExpires when the oldest message is returned
 */
public record QueueView(
    String id,
    NextHop nextHop,
    QueueStatus status,
    long messageCount,
    long deferredMessageCount,
    Optional<LastError> lastError,
    Optional<Instant> queuedSince,
    Optional<Instant> lastRetryTime,
    Optional<Instant> nextRetryTime,
    int retryCount,
    Optional<Instant> oldestExpires) {}
