package io.github.mailflowlab.queue;

/**
 * How many attempts a queue may have under way, by what its next hop has shown it can bear.
 * Normally that is the limit. A next hop that comes back from a failure gets one attempt, and one
 * more for each message it takes: twice as many each round, so that a server that has just started
 * is not run down. One that says 421 gets half of what it had; then it earns one more for each
 * round.
 *
 * @param limit never exceeded, at least 1
 * @param size how many now, 1 to limit
 * @param safe where growth slows down, because more was too much the last time; 1 to limit
 * @param earned messages delivered of the round that earns the next attempt
 */
record ConcurrencyWindow(int limit, int size, int safe, int earned) {
  ConcurrencyWindow {
    if (size < 1 || size > limit || safe < 1 || safe > limit || earned < 0 || earned >= size) {
      throw new IllegalArgumentException(
          "window: " + size + " of " + limit + ", safe " + safe + ", earned " + earned);
    }
  }

  static ConcurrencyWindow full(int limit) {
    return new ConcurrencyWindow(limit, limit, limit, 0);
  }

  /** The next hop is back. */
  ConcurrencyWindow recovered() {
    return new ConcurrencyWindow(limit, 1, safe, 0);
  }

  /** The next hop said 421. */
  ConcurrencyWindow halved() {
    int half = Math.max(1, size / 2);
    return new ConcurrencyWindow(limit, half, half, 0);
  }

  /** The next hop took a message. */
  ConcurrencyWindow delivered() {
    if (size == limit) {
      return this;
    }
    if (size < safe || earned + 1 == size) {
      return grown();
    }
    return new ConcurrencyWindow(limit, size, safe, earned + 1);
  }

  /** Once it is full again, what was too much is forgotten. */
  private ConcurrencyWindow grown() {
    return size + 1 == limit ? full(limit) : new ConcurrencyWindow(limit, size + 1, safe, 0);
  }
}
