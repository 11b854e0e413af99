package io.github.mailflowlab.document;

import java.util.List;
import java.util.Optional;

/** The result of validating a connector. */
public record ValidationDocument(
    boolean succeeded,
    String code,
    Optional<String> lastError,
    String stage,
    Server destinationServer,
    List<String> advice,
    List<Task> tasks,
    List<String> transcript) {

  /** Whom the deciding attempt was for. */
  public record Server(String name, Optional<String> address, int port) {}

  /**
   * One step of the validation.
   *
   * @param status Succeeded, Failed or Skipped
   * @param detail of a failure: its last error, the stage, and the limit that ran out, if one did
   */
  public record Task(String task, String status, String detail) {}
}
