package io.github.mailflowlab.queue.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits in one queue.
 *
 * @param messages those with a recipient not yet decided
 * @param waiting those of them that are not due yet; 0 while the queue is in Retry, where all wait
 *     anyway
 * @param oldestReceived of the oldest
 * @param oldestExpires of the oldest
 */
public record QueueTotals(
    long messages,
    long waiting,
    Optional<Instant> oldestReceived,
    Optional<Instant> oldestExpires) {}
