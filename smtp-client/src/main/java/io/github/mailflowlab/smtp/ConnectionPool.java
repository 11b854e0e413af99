package io.github.mailflowlab.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The connections that wait for their next message, by route, the latest used first. Whoever takes
 * one owns it until it is kept again; the pool touches none, but to end it. How many there are is
 * bounded by how many attempts run at once, which is the queue's business.
 *
 * <p>All threads: each route's connections change within one atomic step of the map.
 */
final class ConnectionPool {
  /** A connection, and until when by the lab's clock; a jump of it ages a connection too. */
  private record Kept(SmtpConnection connection, Instant until) {}

  private final Map<Route, Deque<Kept>> kept = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration idle;
  private volatile boolean closed;

  ConnectionPool(InstantSource clock, Duration idle) {
    this.clock = clock;
    this.idle = idle;
  }

  /** A connection for this route, if one is kept; it may prove dead. */
  Optional<SmtpConnection> take(Route route) {
    if (!kept.containsKey(route)) {
      return Optional.empty();
    }
    AtomicReference<@Nullable Kept> taken = new AtomicReference<>();
    kept.computeIfPresent(
        route,
        (same, waiting) -> {
          taken.set(waiting.pollLast());
          return waiting.isEmpty() ? null : waiting;
        });
    Kept found = taken.get();
    if (found == null) {
      return Optional.empty();
    }
    if (found.until().isBefore(clock.instant())) {
      end(found);
      discard(route);
      return Optional.empty();
    }
    return Optional.of(found.connection());
  }

  /** Keeps a connection; false when nothing is kept any more. */
  boolean keep(SmtpConnection connection) {
    if (closed) {
      return false;
    }
    Kept entry = new Kept(connection, clock.instant().plus(idle));
    kept.compute(
        connection.route(),
        (route, waiting) -> {
          Deque<Kept> all = waiting == null ? new ArrayDeque<>() : waiting;
          all.addLast(entry);
          return all;
        });
    return true;
  }

  /** Lets go of a connection; false when it was not there, for somebody has taken it. */
  boolean forget(SmtpConnection connection) {
    boolean[] found = new boolean[1];
    kept.computeIfPresent(
        connection.route(),
        (route, waiting) -> {
          found[0] = waiting.removeIf(entry -> entry.connection() == connection);
          return waiting.isEmpty() ? null : waiting;
        });
    return found[0];
  }

  /** Ends all connections of a route: it has just failed, and the next message is to prove it. */
  void discard(Route route) {
    Deque<Kept> waiting = kept.remove(route);
    if (waiting != null) {
      waiting.forEach(ConnectionPool::end);
    }
  }

  /** Ends all, and keeps none from now on. */
  void close() {
    closed = true;
    List.copyOf(kept.keySet()).forEach(this::discard);
  }

  private static void end(Kept entry) {
    entry.connection().loop().execute(entry.connection()::quit);
  }
}
