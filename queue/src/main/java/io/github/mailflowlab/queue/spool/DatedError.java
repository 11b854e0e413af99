package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A last error, and when it was met. */
public record DatedError(Instant time, LastError error) {
  /** The newer of two; a tie goes to the first. */
  public static Optional<DatedError> newer(Optional<DatedError> one, Optional<DatedError> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .reduce((first, second) -> second.time.isAfter(first.time) ? second : first);
  }
}
