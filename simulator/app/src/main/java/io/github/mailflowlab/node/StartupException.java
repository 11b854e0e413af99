package io.github.mailflowlab.node;

import io.github.mailflowlab.queue.spool.SpoolInUseException;

/** The lab cannot start; the message is one line that says what is in the way. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether it is another instance that has the spool, which will end some day. */
  public boolean isSpoolInUse() {
    return getCause() instanceof SpoolInUseException;
  }
}
