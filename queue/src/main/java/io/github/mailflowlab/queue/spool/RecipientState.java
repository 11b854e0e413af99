package io.github.mailflowlab.queue.spool;

import java.util.stream.Stream;

/** Whether a recipient, or all of a message's, is decided. */
public enum RecipientState {
  PENDING(0),
  DELIVERED(1),
  FAILED(2);

  private final int stored;

  RecipientState(int stored) {
    this.stored = stored;
  }

  /** The number in the spool; a message has the greatest of its recipients'. */
  int stored() {
    return stored;
  }

  static RecipientState ofStored(long number) {
    return Stream.of(values()).filter(state -> state.stored == number).findFirst().orElseThrow();
  }
}
