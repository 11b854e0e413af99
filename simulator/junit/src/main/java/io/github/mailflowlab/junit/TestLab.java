package io.github.mailflowlab.junit;

import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The lab of one test, or of a class whose tests take turns. What costs time is started when it is
 * first asked for: a test of somebody's own sender needs hosts and no connector.
 */
final class TestLab implements AutoCloseable {
  private final MailFlowSettings settings;
  private final Seed seed;
  private final Semaphore turn = new Semaphore(1);
  private final CurrentClock clock;
  private final Lab lab;
  private final NameServers nameServers;
  private final List<SmartHost> hosts = new CopyOnWriteArrayList<>();
  private volatile boolean shared;
  private @Nullable Relay relay;

  TestLab(MailFlowSettings settings, Seed seed) {
    this.settings = settings;
    this.seed = seed;
    this.clock = new CurrentClock(settings.start().orElseGet(SystemTime.source()::instant));
    this.lab = Lab.start(clock, seed.value());
    this.nameServers = new NameServers(lab);
  }

  /** From now on the tests of a class take turns. */
  void share() {
    shared = true;
  }

  /** Waits for its turn, and begins with nothing from the test before. */
  void begin() throws InterruptedException {
    if (shared) {
      turn.acquire();
      startOver();
    }
  }

  void end() {
    if (shared) {
      turn.release();
    }
  }

  private synchronized void startOver() {
    closeRelay();
    hosts.forEach(SmartHost::startOver);
    nameServers.startOver();
    clock.startOver();
  }

  Connector connector() {
    return new Connector(this);
  }

  SimulatedClock clock() {
    return new SimulatedClock(this);
  }

  Mailboxes mailboxes() {
    return new Mailboxes(this);
  }

  /** The host at this place among the connector's. */
  synchronized SmartHost host(int place) {
    while (hosts.size() <= place) {
      String name = "mail" + (hosts.size() + 1) + ".onprem.example";
      hosts.add(new SmartHost(this, lab.host(name, 0)));
    }
    return hosts.get(place);
  }

  synchronized void breakWith(NamedHost host, String faultId) {
    if (nameServers.areAbout(faultId)) {
      nameServers.breakWith(faultId, relay != null);
    } else {
      add(host, FaultOrder.of(faultId));
    }
  }

  synchronized void add(NamedHost host, FaultOrder order) {
    if (order.isOfMailDomain()) {
      lab.mx(host.name(), host);
    }
    host.add(order);
  }

  synchronized void repair(NamedHost host) {
    host.clear();
    nameServers.repair();
  }

  /** Whether there was such a fault. */
  synchronized boolean repair(NamedHost host, String faultId) {
    return nameServers.areAbout(faultId) ? nameServers.repair(faultId) : host.remove(faultId);
  }

  synchronized List<InetSocketAddress> dnsServers() {
    return nameServers.addresses();
  }

  Path trust() {
    return lab.trust();
  }

  LabClock labClock() {
    return clock.clock();
  }

  /** The connector with its queue; leads to a healthy host when the test has asked for none. */
  synchronized Relay relay() {
    Relay running = relay;
    if (running == null) {
      host(0);
      // Not by a method of ours: the queue's thread asks while we may be waiting for it.
      running =
          new Relay(
              settings,
              seed,
              () -> hosts.stream().map(SmartHost::host).toList(),
              nameServers.addresses(),
              lab.trust(),
              clock.clock(),
              clock.work());
      relay = running;
    }
    return running;
  }

  /** Waits until nothing will happen any more before time moves on. */
  void settle() {
    try {
      clock.work().awaitQuiet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an attempt was under way", e);
    }
  }

  /** What happened to the mail. */
  synchronized TimeLine timeLine() {
    return TimeLine.of(seed, hosts, Optional.ofNullable(relay).map(Relay::queue));
  }

  /** That faults were armed and not met; empty when all were. */
  Optional<AssertionError> unmetFaults() {
    return UnmetFaults.among(hosts);
  }

  private void closeRelay() {
    if (relay != null) {
      relay.close();
      relay = null;
    }
  }

  @Override
  public synchronized void close() {
    closeRelay();
    lab.close();
    clock.close();
  }
}
