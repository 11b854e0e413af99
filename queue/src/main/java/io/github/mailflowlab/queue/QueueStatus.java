package io.github.mailflowlab.queue;

/**
 * What a queue is doing (exchange-online-behaviour 3.3). Exchange's Connecting, while a first
 * connection is under way, is Active here.
 */
public enum QueueStatus {
  /** It holds messages and delivers them when they are due. */
  ACTIVE("Active"),
  /** It holds nothing. */
  READY("Ready"),
  /** Its next hop failed, and waits for the next probe. */
  RETRY("Retry"),
  /**
   * It takes messages and sends none: an operator wants so, or its connector is disabled or gone.
   */
  SUSPENDED("Suspended");

  private final String label;

  QueueStatus(String label) {
    this.label = label;
  }

  /** Exchange's spelling. */
  public String label() {
    return label;
  }
}
