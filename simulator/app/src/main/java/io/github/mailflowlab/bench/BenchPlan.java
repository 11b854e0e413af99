package io.github.mailflowlab.bench;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;

/**
 * What to measure.
 *
 * @param sink takes the mail and throws it away
 * @param messages that are measured; at least 1
 * @param warmUp messages before them, which nobody counts; 0 or more
 * @param connections used at the same time; 1 to {@link #MAX_CONNECTIONS}
 * @param size octets of a body; a short header comes on top, as with {@code smtp-source -l}
 * @param reuse whether a connection carries one message after the other
 * @param tls what is demanded of TLS
 */
public record BenchPlan(
    SmartHost sink,
    int messages,
    int warmUp,
    int connections,
    int size,
    boolean reuse,
    TlsSettings tls) {
  /** Beyond that a laptop measures its own limits. */
  public static final int MAX_CONNECTIONS = 10_000;

  /** Exchange Online's largest message. */
  public static final int MAX_SIZE = 150 * 1024 * 1024;

  public BenchPlan {
    require("messages", messages, 1, Integer.MAX_VALUE);
    require("warm-up", warmUp, 0, Integer.MAX_VALUE);
    require("connections", connections, 1, MAX_CONNECTIONS);
    require("size", size, 1, MAX_SIZE);
  }

  static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }
}
