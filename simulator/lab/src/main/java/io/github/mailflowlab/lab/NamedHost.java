package io.github.mailflowlab.lab;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.lab.dns.CachedAddresses;
import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.lab.order.OrderStack;
import io.github.mailflowlab.lab.smtp.LabHost;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A smart host of a name and port of one's choice, which is given orders for faults. Any thread may
 * call it, but for the lab's own; those who change something follow one another. An order acts on
 * whatever comes after the call has returned: for one stage in sessions that are open too, for all
 * else from the next connection on.
 */
public final class NamedHost implements AutoCloseable {
  private final HostPlan plan;
  private final LabDns dns;
  private final LabHost host;
  private final OrderStack stack;
  private final CachedAddresses addresses;
  private final Limits limits;
  private final Optional<TaskScheduler> scheduler;
  private final Consumer<NamedHost> onClose;
  private @Nullable ScheduledTask change;
  private boolean closed;

  /** What this lab can do. */
  @FunctionalInterface
  interface Limits {
    /** Why it cannot carry out that order; empty when it can. */
    Optional<String> objection(NamedHost host, FaultOrder order);
  }

  NamedHost(
      HostPlan plan,
      LabDns dns,
      LabHost host,
      OrderStack stack,
      CachedAddresses addresses,
      Limits limits,
      Optional<TaskScheduler> scheduler,
      Consumer<NamedHost> onClose) {
    this.plan = plan;
    this.dns = dns;
    this.host = host;
    this.stack = stack;
    this.addresses = addresses;
    this.limits = limits;
    this.scheduler = scheduler;
    this.onClose = onClose;
  }

  public String name() {
    return plan.name().value();
  }

  /** Name and port; the name resolves by the lab's DNS server. */
  public SmartHost smartHost() {
    return new SmartHost(name(), host.port());
  }

  /** As it was ordered. */
  public HostPlan plan() {
    return plan;
  }

  /** The orders in force or waiting, the lowest first, and what became of them. */
  public List<OrderReport> faults() {
    return stack.reports();
  }

  /**
   * Takes all orders away and gives these, the last one on top.
   *
   * @throws IllegalArgumentException when one cannot be carried out here; then nothing has changed
   */
  public synchronized void faults(List<FaultOrder> orders) {
    orders.forEach(this::check);
    stack.clear();
    orders.forEach(stack::add);
    refresh();
  }

  /**
   * Puts an order on top of the others.
   *
   * @throws IllegalArgumentException when it cannot be carried out here, or there are too many
   */
  public synchronized void add(FaultOrder order) {
    check(order);
    stack.add(order);
    refresh();
  }

  /** Takes the orders with that id away; whether there were any. */
  public synchronized boolean remove(String id) {
    boolean removed = stack.remove(id);
    refresh();
    return removed;
  }

  /** Takes all orders away. */
  public synchronized void clear() {
    stack.clear();
    refresh();
  }

  private void check(FaultOrder order) {
    limits
        .objection(this, order)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(order.id() + ": " + objection);
            });
  }

  /** Every order it ever had that could have been seen to act, and was not. */
  public synchronized List<OrderReport> neverMet() {
    return stack.allReports().stream().filter(OrderReport::isNeverMet).toList();
  }

  /**
   * Lets the name lead elsewhere, once the old answer has lived out its {@link HostPlan#ttl}. The
   * host stays where it is.
   *
   * @param ips on loopback
   */
  public void moveName(List<String> ips) {
    for (String ip : ips) {
      if (!HostPlan.isLoopback(ip)) {
        throw new IllegalArgumentException("ip: " + ip + " (expected: 127.x.y.z)");
      }
    }
    addresses.moveTo(ips);
  }

  /**
   * Waits on the wall clock until it has stored so many messages since it began or began anew.
   *
   * @return what it has stored
   * @throws AssertionError when there are fewer by then: it says what came instead
   */
  public List<ReceivedMessage> awaitMessages(int count, Duration limit)
      throws InterruptedException {
    await("stored messages", count, () -> received().size(), limit);
    return received();
  }

  /**
   * The same for sessions that have ended.
   *
   * @throws AssertionError when there are fewer by then: it says what came instead
   */
  public List<SessionRecord> awaitSessions(int count, Duration limit) throws InterruptedException {
    await("ended sessions", count, this::endedSessions, limit);
    return sessions();
  }

  private int endedSessions() {
    return (int) sessions().stream().filter(SessionRecord::closed).count();
  }

  private void await(String what, int count, IntSupplier seen, Duration limit)
      throws InterruptedException {
    if (!host.await(() -> seen.getAsInt() >= count, limit)) {
      throw new AssertionError(
          "expected at "
              + name()
              + " within "
              + limit
              + ": "
              + count
              + " "
              + what
              + ", seen: "
              + seen.getAsInt()
              + "; "
              + account());
    }
  }

  /** What came, and what the orders made of it: for whoever had expected something else. */
  public String account() {
    StringBuilder account = new StringBuilder();
    account.append(sessionCount()).append(" sessions, ");
    account.append(received().size()).append(" messages stored");
    for (OrderReport report : faults()) {
      account.append("; ").append(report.summary());
    }
    return account.toString();
  }

  /** What it stored more than once for one recipient, of what it remembers. */
  public List<Duplicate> duplicates() {
    return Duplicates.among(received());
  }

  /** What it stored, in order; the oldest are forgotten beyond 10,000 messages or 64 MiB. */
  public List<ReceivedMessage> received() {
    return host.received();
  }

  /** Its last 1,000 sessions, in order, those that are open included. */
  public List<SessionRecord> sessions() {
    return host.sessions();
  }

  /** How many connections became sessions, those that are open included. */
  public int sessionCount() {
    return host.sessionCount();
  }

  /** Drops the sessions, forgets what it saw and the orders that are gone; the others stay. */
  public synchronized void startOver() {
    stack.forgetPast();
    host.startOver();
  }

  /**
   * Brings what lies outside of sessions in line with the orders, and comes back when that may
   * change. On the clock's thread it waits for the host's, so that no time passes before it is
   * done.
   */
  synchronized void refresh() {
    if (closed) {
      return;
    }
    if (change != null) {
      change.cancel();
    }
    dns.answer(name(), stack.answer(), addresses);
    host.reach(stack.presence());
    change =
        stack
            .nextChange()
            .map(due -> scheduler.orElseThrow().schedule(due, this::refresh))
            .orElse(null);
  }

  OrderStack stack() {
    return stack;
  }

  /** Frees the port, drops the sessions; the name does not exist any more. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (change != null) {
      change.cancel();
    }
    dns.forget(name());
    host.close();
    onClose.accept(this);
  }
}
