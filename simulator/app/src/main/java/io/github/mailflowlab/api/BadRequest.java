package io.github.mailflowlab.api;

/** The caller asked for something that cannot be; the message tells the caller what to do. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRequest(String message) {
    super(message);
  }
}
