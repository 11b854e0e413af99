package io.github.mailflowlab.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The connections that wait for their next message, by route, the latest used first. One is kept
 * when its message is over, and can be taken once it is released: when the outcome is recorded.
 * Whoever takes one owns it until it is kept again; the pool touches none, but to end it. How many
 * there are is bounded by how many attempts run at once, which is the queue's business.
 *
 * <p>All threads: each route's connections change within one atomic step of the map.
 */
final class ConnectionPool {
  /** A connection, and until when by the lab's clock; a jump of it ages a connection too. */
  private record Kept(SmtpConnection connection, Instant until, boolean released) {
    static @Nullable Kept pollLastReleased(Deque<Kept> waiting) {
      for (Iterator<Kept> latest = waiting.descendingIterator(); latest.hasNext(); ) {
        Kept one = latest.next();
        if (one.released) {
          latest.remove();
          return one;
        }
      }
      return null;
    }
  }

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
          taken.set(Kept.pollLastReleased(waiting));
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
    Kept entry = new Kept(connection, clock.instant().plus(idle), false);
    kept.compute(
        connection.route(),
        (route, waiting) -> {
          Deque<Kept> all = waiting == null ? new ArrayDeque<>() : waiting;
          all.addLast(entry);
          return all;
        });
    return true;
  }

  /** Lets a connection be taken, if it is still kept. */
  void release(SmtpConnection connection) {
    kept.computeIfPresent(
        connection.route(),
        (route, waiting) -> {
          waiting.stream()
              .filter(entry -> entry.connection() == connection)
              .findFirst()
              .ifPresent(
                  entry -> {
                    waiting.remove(entry);
                    waiting.addLast(new Kept(connection, entry.until(), true));
                  });
          return waiting;
        });
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
