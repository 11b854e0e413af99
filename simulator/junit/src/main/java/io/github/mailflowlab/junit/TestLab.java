package io.github.mailflowlab.junit;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Instant;
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
  private final Semaphore turn = new Semaphore(1);
  private final Lab lab;
  private final List<StagedFault> hosts = new CopyOnWriteArrayList<>();
  private volatile boolean shared;
  private volatile LabClock clock;
  private WorkInFlight work = new WorkInFlight();
  private @Nullable Relay relay;

  TestLab(MailFlowSettings settings) {
    this.settings = settings;
    this.clock = clockAt(settings.start().orElseGet(SystemTime.source()::instant), work);
    this.lab = Lab.start(() -> clock.instant());
  }

  private static LabClock clockAt(Instant start, WorkInFlight work) {
    ClockState still = new ClockState(SystemTime.source().instant(), start, 1, true);
    return LabClock.start(Optional.of(still), work, change -> {});
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
    LabClock before = clock;
    work = new WorkInFlight();
    clock = clockAt(before.instant(), work);
    before.close();
    for (StagedFault host : hosts) {
      host.repair();
      host.startOver();
    }
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
  synchronized SmartHost host(int place, Optional<String> fault) {
    while (hosts.size() < place) {
      hosts.add(lab.stageHealthy());
    }
    if (hosts.size() == place) {
      hosts.add(fault.map(lab::stage).orElseGet(lab::stageHealthy));
    } else {
      fault.ifPresent(hosts.get(place)::breakWith);
    }
    return new SmartHost(hosts.get(place), lab.trust());
  }

  LabClock labClock() {
    return clock;
  }

  /** The connector with its queue; leads to a healthy host when the test has asked for none. */
  synchronized Relay relay() {
    Relay running = relay;
    if (running == null) {
      if (hosts.isEmpty()) {
        hosts.add(lab.stageHealthy());
      }
      // Not by a method of ours: the queue's thread asks while we may be waiting for it.
      running = new Relay(settings, () -> List.copyOf(hosts), lab.trust(), clock, work);
      relay = running;
    }
    return running;
  }

  /** Waits until nothing will happen any more before time moves on. */
  void settle() {
    try {
      currentWork().awaitQuiet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an attempt was under way", e);
    }
  }

  private synchronized WorkInFlight currentWork() {
    return work;
  }

  /** What happened to the mail; empty when there was no connector. */
  synchronized Optional<TimeLine> timeLine() {
    return Optional.ofNullable(relay).map(TimeLine::of);
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
    clock.close();
    lab.close();
  }
}
