package io.github.mailflowlab.document;

import java.util.List;
import java.util.Optional;

/**
 * A message that a lab's host stored.
 *
 * @param id the session's number and the message's place in it, for example {@code 3-1}
 */
public record HostMessageDocument(
    String id, int session, boolean tls, String from, List<String> recipients, int size) {
  /** Some of them, in order. */
  public record Page(List<HostMessageDocument> messages, Optional<String> nextCursor) {}
}
