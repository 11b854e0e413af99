package io.github.mailflowlab.queue;

/** What became of the wish to try a queue now. */
public enum RetryResult {
  /** A probe is on its way. */
  STARTED,
  /** There is nothing to retry: the queue is not in Retry. */
  NOT_IN_RETRY,
  /** There is no queue with this id. */
  UNKNOWN_QUEUE
}
