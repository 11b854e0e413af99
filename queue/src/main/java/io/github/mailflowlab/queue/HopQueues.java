package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledQueue;
import io.github.mailflowlab.queue.spool.Suspensions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** All next-hop queues, and whether anything may happen to them. Confined to the queue's thread. */
final class HopQueues {
  private final TreeMap<Long, HopQueue> byNumber = new TreeMap<>();
  private final Map<NextHop, HopQueue> byNextHop = new HashMap<>();
  private final Set<String> suspendedConnectors = new HashSet<>();
  private final int limit;
  private boolean open;
  private boolean following;
  private boolean shared;
  private Runnable onIdle = () -> {};

  /**
   * Without queues.
   *
   * @param limit of attempts under way in one of them
   */
  HopQueues(int limit) {
    this.limit = limit;
  }

  /** Reads what the last run left, and opens. */
  void recover(Spool spool, Instant now) {
    shared = spool.isShared();
    for (SpooledQueue state : spool.queues()) {
      add(HopQueue.recover(state, spool.totals(state.number(), now).messages(), limit));
    }
    Suspensions suspensions = spool.suspensions();
    suspensions.queues().forEach(number -> find(number).ifPresent(queue -> queue.suspend(true)));
    suspendedConnectors.addAll(suspensions.connectors());
    open = true;
  }

  /** Reads only what the queues are called, so that mail can be taken for the node with them. */
  void follow(Spool spool) {
    shared = true;
    spool.queues().forEach(state -> add(HopQueue.recover(state, 0, limit)));
    following = true;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether they are another node's. */
  boolean isFollowing() {
    return following;
  }

  /** Nothing is started any more; what is under way is still recorded. */
  void close() {
    open = false;
    following = false;
    byNumber.values().forEach(HopQueue::cancelWake);
  }

  Collection<HopQueue> all() {
    return Collections.unmodifiableCollection(byNumber.values());
  }

  Optional<HopQueue> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  HopQueue of(long number) {
    return find(number)
        .orElseThrow(() -> new IllegalStateException("no queue has the number " + number));
  }

  HopQueue findOrCreate(NextHop nextHop) {
    HopQueue known = byNextHop.get(nextHop);
    if (known != null) {
      return known;
    }
    HopQueue created = HopQueue.create(newNumber(nextHop), nextHop, limit);
    add(created);
    return created;
  }

  /** Where several nodes make queues, the number follows from the next hop: 48 bits of a digest. */
  private long newNumber(NextHop nextHop) {
    if (!shared) {
      return byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1;
    }
    String name = nextHop.connector() + '\n' + nextHop.mxDomain().map(DomainName::value).orElse("");
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits()
        >>> 16;
  }

  /** A queue that another node has made since {@link #recover}; empty of messages as yet. */
  HopQueue findOrRead(long number, Spool spool) {
    if (!byNumber.containsKey(number)) {
      spool.queues().stream()
          .filter(state -> state.number() == number)
          .forEach(state -> add(HopQueue.recover(state, 0, limit)));
    }
    return of(number);
  }

  private void add(HopQueue queue) {
    byNumber.put(queue.number(), queue);
    byNextHop.put(queue.nextHop(), queue);
  }

  /** Whether nothing waits in it, is under way or is known of its next hop. */
  boolean isUnused(HopQueue queue) {
    return queue.isStored()
        && queue.messages() == 0
        && queue.attempts().isEmpty()
        && !queue.isRetrying()
        && !queue.isSuspended();
  }

  void remove(long number) {
    HopQueue removed = byNumber.remove(number);
    if (removed != null) {
      byNextHop.remove(removed.nextHop());
      removed.cancelWake();
    }
  }

  /** Whether an operator holds this queue back, or its connector. */
  boolean isSuspended(HopQueue queue) {
    return queue.isSuspended() || isSuspended(queue.nextHop().connector());
  }

  boolean isSuspended(String connector) {
    return suspendedConnectors.contains(connector);
  }

  void suspend(String connector, boolean now) {
    if (now) {
      suspendedConnectors.add(connector);
    } else {
      suspendedConnectors.remove(connector);
    }
  }

  List<HopQueue> of(String connector) {
    return byNumber.values().stream()
        .filter(queue -> queue.nextHop().connector().equals(connector))
        .toList();
  }

  /** The attempts that are under way for this message. */
  List<RunningAttempt> attempts(SpooledMail mail) {
    return mail.entries().stream()
        .map(entry -> of(entry.queue()).attempt(mail.message().id()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether any message waits in any of them. */
  boolean hasMessages() {
    return byNumber.values().stream().anyMatch(queue -> queue.messages() > 0);
  }

  /** Whether no attempt is under way. */
  boolean isIdle() {
    return byNumber.values().stream().allMatch(queue -> queue.attempts().isEmpty());
  }

  /** All attempts whose outcome is not durable yet. */
  List<RunningAttempt> attempts() {
    return byNumber.values().stream().flatMap(queue -> queue.attempts().stream()).toList();
  }

  /** Runs the task once no attempt is under way; now, if that is so. At most one waits. */
  void whenIdle(Runnable task) {
    onIdle = task;
    released();
  }

  /** An attempt is over. */
  void released() {
    if (isIdle()) {
      onIdle.run();
    }
  }

  /** How often this message was tried, by the queue where that was most often. */
  int attemptsShown(Collection<SpooledEntry> entries) {
    return entries.stream()
        .mapToInt(entry -> entry.attemptsShown(of(entry.queue()).probes()))
        .max()
        .orElse(0);
  }
}
