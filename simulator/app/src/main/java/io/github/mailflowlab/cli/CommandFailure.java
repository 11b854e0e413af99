package io.github.mailflowlab.cli;

/** A command ends with this line on standard error and this exit status. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitStatus;

  CommandFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  int exitStatus() {
    return exitStatus;
  }
}
