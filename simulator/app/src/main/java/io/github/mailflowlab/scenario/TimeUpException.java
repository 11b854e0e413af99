package io.github.mailflowlab.scenario;

/** A run takes longer than it may; the message says so. */
final class TimeUpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TimeUpException(String message) {
    super(message);
  }
}
