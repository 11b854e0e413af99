package io.github.mailflowlab.api;

/** What was asked for does not apply now; the message says why. */
final class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  Conflict(String message) {
    super(message);
  }
}
