package io.github.mailflowlab.queue;

import io.github.mailflowlab.queue.spool.RecipientState;

/** What became of a message or a recipient, in the words of a message trace and of queues. */
public enum MessageStatus {
  PENDING("Pending"),
  /** Pending, and held back by an operator; messages only. */
  SUSPENDED("Suspended"),
  DELIVERED("Delivered"),
  FAILED("Failed");

  private final String label;

  MessageStatus(String label) {
    this.label = label;
  }

  /** As the trace spells it. */
  public String label() {
    return label;
  }

  static MessageStatus of(RecipientState state) {
    return switch (state) {
      case PENDING -> PENDING;
      case DELIVERED -> DELIVERED;
      case FAILED -> FAILED;
    };
  }

  RecipientState state() {
    return switch (this) {
      case PENDING, SUSPENDED -> RecipientState.PENDING;
      case DELIVERED -> RecipientState.DELIVERED;
      case FAILED -> RecipientState.FAILED;
    };
  }
}
