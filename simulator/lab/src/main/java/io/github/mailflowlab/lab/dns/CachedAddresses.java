package io.github.mailflowlab.lab.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a name leads, as a cache tells it that was asked just before each change: the old addresses
 * live on until their TTL has run out on the lab's clock. Any thread.
 */
public final class CachedAddresses implements Supplier<Addresses> {
  private final InstantSource clock;
  private final Duration ttl;
  private volatile Course course;

  /** The old addresses up to that instant, the new ones from then on. */
  private record Course(List<String> old, Instant until, List<String> now) {}

  /** Leads there from the beginning. */
  public CachedAddresses(List<String> ips, Duration ttl, InstantSource clock) {
    this.clock = clock;
    this.ttl = ttl;
    this.course = new Course(ips, clock.instant(), ips);
  }

  /** Leads there once the cache has forgotten. */
  public synchronized void moveTo(List<String> ips) {
    List<String> told = get().ips();
    course = new Course(told, clock.instant().plus(ttl), List.copyOf(ips));
  }

  @Override
  public Addresses get() {
    Course known = course;
    boolean isOld = clock.instant().isBefore(known.until());
    return new Addresses(isOld ? known.old() : known.now(), (int) ttl.toSeconds());
  }
}
