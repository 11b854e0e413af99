package io.github.mailflowlab.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses that could not be connected to a short while ago. They are tried last, not never:
 * when all others fail too, the truth about them is still wanted. All threads.
 */
final class DeadAddresses {
  /** By the lab's clock; as often as a queue in Retry looks again. */
  static final Duration INTERVAL = Duration.ofMinutes(5);

  static final int MAX = 1000;

  private final Map<InetSocketAddress, Instant> deadUntil = new ConcurrentHashMap<>();
  private final InstantSource clock;

  DeadAddresses(InstantSource clock) {
    this.clock = clock;
  }

  void add(InetSocketAddress address) {
    Instant now = clock.instant();
    if (deadUntil.size() >= MAX) {
      deadUntil.values().removeIf(until -> !until.isAfter(now));
    }
    if (deadUntil.size() < MAX) {
      deadUntil.put(address, now.plus(INTERVAL));
    }
  }

  /** It could be connected to. */
  void remove(InetSocketAddress address) {
    deadUntil.remove(address);
  }

  boolean contains(InetSocketAddress address) {
    Instant until = deadUntil.get(address);
    return until != null && until.isAfter(clock.instant());
  }
}
