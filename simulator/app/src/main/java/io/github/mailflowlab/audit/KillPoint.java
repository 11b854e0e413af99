package io.github.mailflowlab.audit;

import java.util.Locale;

/** When a life of the program ends. */
enum KillPoint {
  /** At any moment under load, or while a day goes by. */
  RANDOM,
  /** While it starts, and takes up what the life before left. */
  STARTING,
  /** A transaction is written and not committed. */
  BEFORE_COMMIT,
  /** A transaction is committed, and nobody knows: no reply has been given. */
  AFTER_COMMIT,
  /** The client has just read the reply to a final dot. */
  AFTER_REPLY,
  /** An NDR and the removal of what it returns are written and not committed. */
  BEFORE_NDR,
  /** They are committed, and nobody knows. */
  AFTER_NDR,
  /** The next hop has a message and has not said so. */
  BEFORE_DELIVERY,
  /** The next hop has just said that it has a message. */
  AFTER_DELIVERY;

  /** As in the table, and for {@code mailflow.crashpoint}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the program ends itself there, because nobody outside can see the moment. */
  boolean isInside() {
    return switch (this) {
      case BEFORE_COMMIT, AFTER_COMMIT, BEFORE_NDR, AFTER_NDR -> true;
      case RANDOM, STARTING, AFTER_REPLY, BEFORE_DELIVERY, AFTER_DELIVERY -> false;
    };
  }

  /** Whether the driver kills it when it sees so many of these. */
  boolean isSeenOutside() {
    return switch (this) {
      case AFTER_REPLY, BEFORE_DELIVERY, AFTER_DELIVERY -> true;
      case RANDOM, STARTING, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_NDR, AFTER_NDR -> false;
    };
  }

  /** Whether it may also be met while no mail comes in and a day goes by. */
  boolean mayBeOnADay() {
    return switch (this) {
      case RANDOM, BEFORE_NDR, AFTER_NDR -> true;
      case STARTING, BEFORE_COMMIT, AFTER_COMMIT, AFTER_REPLY, BEFORE_DELIVERY, AFTER_DELIVERY ->
          false;
    };
  }
}
