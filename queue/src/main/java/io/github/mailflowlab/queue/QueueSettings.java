package io.github.mailflowlab.queue;

import io.github.mailflowlab.retry.RetryPolicy;

/**
 * What can be set about the queue.
 *
 * @param retry when to try again and when to give up
 * @param maxConnectionsPerQueue attempts of one queue at a time, at least 1; less after a failure
 *     of its next hop, see the README
 * @param reportingMta our host name, in NDRs
 * @param seed of the message clock's jitter
 * @param retention how long is kept what is over
 */
public record QueueSettings(
    RetryPolicy retry,
    int maxConnectionsPerQueue,
    String reportingMta,
    long seed,
    Retention retention) {
  public static final int DEFAULT_MAX_CONNECTIONS_PER_QUEUE = 20;

  public QueueSettings {
    if (maxConnectionsPerQueue < 1) {
      throw new IllegalArgumentException(
          "maxConnectionsPerQueue: " + maxConnectionsPerQueue + " (expected: at least 1)");
    }
  }

  /** With the default retention. */
  public QueueSettings(
      RetryPolicy retry, int maxConnectionsPerQueue, String reportingMta, long seed) {
    this(retry, maxConnectionsPerQueue, reportingMta, seed, Retention.DEFAULT);
  }

  /** The defaults, for an organisation whose host has this name. */
  public static QueueSettings defaults(String reportingMta) {
    return new QueueSettings(
        RetryPolicy.EXCHANGE, DEFAULT_MAX_CONNECTIONS_PER_QUEUE, reportingMta, 0);
  }
}
