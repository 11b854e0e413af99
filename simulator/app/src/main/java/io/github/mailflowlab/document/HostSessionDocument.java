package io.github.mailflowlab.document;

import java.util.List;
import java.util.Optional;

/** What a lab's host saw of one connection. */
public record HostSessionDocument(
    int number,
    String reached,
    boolean tls,
    int stored,
    int finalReplies,
    boolean closed,
    List<String> faults,
    List<String> transcript) {
  /** Some of them, in order. */
  public record Page(List<HostSessionDocument> sessions, Optional<String> nextCursor) {}
}
