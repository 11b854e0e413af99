package io.github.mailflowlab.queue.spool;

import java.io.IOException;

/** The spool cannot be opened, read or written; the message is one line for the administrator. */
public sealed class SpoolException extends IOException permits SpoolInUseException {
  public SpoolException(String message) {
    super(message);
  }

  public SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
