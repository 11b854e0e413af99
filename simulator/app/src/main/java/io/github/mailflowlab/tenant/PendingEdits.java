package io.github.mailflowlab.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes that are saved and take effect together, later.
 *
 * @param due when, in lab time
 * @param alert the alert that is repaired by them, if one is
 */
record PendingEdits(Instant due, Optional<String> alert, List<Edit> edits) {
  PendingEdits {
    edits = List.copyOf(edits);
  }
}
