package io.github.mailflowlab.scenario;

import java.util.Locale;

/** What an administrator does about a connector. */
enum Operation {
  /** Tries its queues at once. */
  RETRY,
  /** Holds its queues back. */
  SUSPEND,
  /** Holds them back no more. */
  RESUME,
  /** Orders Fix now for its alert. */
  FIX;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
