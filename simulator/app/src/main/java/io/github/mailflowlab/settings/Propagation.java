package io.github.mailflowlab.settings;

import java.time.Duration;

/**
 * How long a change takes to reach all servers (exchange-online-behaviour 4.2): 30 to 60 minutes.
 *
 * @param enabled whether edits of connectors and domains wait for it; what Fix now does always does
 * @param min the shortest time
 * @param max the longest
 */
public record Propagation(boolean enabled, Duration min, Duration max) {
  public static final Propagation DEFAULT =
      new Propagation(false, Duration.ofMinutes(30), Duration.ofMinutes(60));

  public Propagation {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("propagation: " + min + " to " + max);
    }
  }
}
