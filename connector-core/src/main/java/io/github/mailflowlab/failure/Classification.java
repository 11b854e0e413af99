package io.github.mailflowlab.failure;

import java.util.Optional;

/**
 * What a failure means.
 *
 * @param observation the ladder's row that decided
 * @param scope what has to wait or is returned
 * @param lastError what queue, trace and report show
 * @param returned present when the sender is told at once, absent when it is tried again
 */
public record Classification(
    Observation observation, Scope scope, LastError lastError, Optional<FinalError> returned) {
  public boolean isPermanent() {
    return returned.isPresent();
  }
}
