package io.github.mailflowlab.pressure;

/** How much new mail is taken, from most to least. Delivery goes on in each of them. */
public enum Level {
  /** As fast as it comes. */
  OPEN,
  /** With a pause for each message, so that what lags can catch up. */
  SLOWED,
  /** None: each message is put off with 452 4.3.1. */
  CLOSED;

  /** The stricter of two. */
  Level or(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
