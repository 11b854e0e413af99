package io.github.mailflowlab.node;

/** The lab cannot start; the message is one line that says what is in the way. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
