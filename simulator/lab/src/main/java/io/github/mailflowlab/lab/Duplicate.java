package io.github.mailflowlab.lab;

import java.util.List;
import java.util.Optional;

/**
 * A message that a host stored more than once for the same recipient.
 *
 * @param messageId as in its header, with angle brackets; empty when it has none
 * @param recipient the forward-path
 * @param sessions in which it was stored, as often as it was
 */
public record Duplicate(Optional<String> messageId, String recipient, List<Integer> sessions) {
  public Duplicate {
    sessions = List.copyOf(sessions);
  }
}
