package io.github.mailflowlab.node;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.queue.spool.SpoolException;
import io.github.mailflowlab.queue.spool.SpoolInUseException;
import io.github.mailflowlab.tenant.Tenant;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node on a shared spool looks for four times a second, in real time: the leader for mail
 * that others took, and whether it still leads; a follower for the leader's clock and its changes
 * of connectors and domains, and whether it is to lead. Its one thread may wait for the server.
 */
final class Membership implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final PostgresSpool spool;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Membership::thread);
  private final CompletableFuture<Optional<PostgresSpool>> change = new CompletableFuture<>();
  private volatile Optional<String> leader = Optional.empty();

  /** Confined to the timer's thread, as is {@link #troubled}. */
  private final Map<String, String> seen = new HashMap<>();

  private boolean troubled;

  private Membership(PostgresSpool spool) {
    this.spool = spool;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "membership");
    thread.setDaemon(true);
    return thread;
  }

  /** Of the node that leads. */
  static Membership leading(PostgresSpool spool, MailQueue queue) {
    Membership membership = new Membership(spool);
    membership.start(
        () -> {
          queue.lookAround();
          if (spool.isLost()) {
            membership.change.complete(Optional.empty());
          }
        });
    return membership;
  }

  /** Of one that follows. */
  static Membership following(PostgresSpool spool, PostgresUrl url, LabClock clock, Tenant tenant) {
    Membership membership = new Membership(spool);
    membership.start(
        () -> {
          membership.leader = spool.leader();
          membership.whenChanged(
              StoredClock.KEY, text -> ClockState.parse(text).ifPresent(clock::follow));
          membership.whenChanged(SpooledTenant.KEY, text -> tenant.reload());
          if (spool.isVacant()) {
            membership.tryToLead(url);
          }
        });
    return membership;
  }

  private void start(Runnable look) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            () -> lookUnlessOver(look), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookUnlessOver(Runnable look) {
    if (change.isDone()) {
      return;
    }
    try {
      look.run();
      troubled = false;
    } catch (UncheckedIOException | IllegalStateException e) {
      if (!troubled) {
        log.warn("the shared spool cannot be looked at, trying again: {}", e.toString());
      }
      troubled = true;
    }
  }

  private void whenChanged(String key, Consumer<String> task) {
    Optional<String> text = spool.setting(key);
    if (text.isPresent() && !text.get().equals(seen.get(key))) {
      task.accept(text.get());
      seen.put(key, text.get());
    }
  }

  private void tryToLead(PostgresUrl url) {
    try {
      PostgresSpool ours = PostgresSpool.open(url);
      ours.keepLease();
      log.info("this node leads from now on");
      if (!change.complete(Optional.of(ours))) {
        ours.close();
      }
    } catch (SpoolInUseException e) {
      log.info("another node leads from now on");
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the leader takes requests, if this node follows one that says so. Any thread. */
  Optional<String> leader() {
    return leader;
  }

  /**
   * Completes once the node has to go on in another role: with the spool as its leader, or with
   * nothing when another one leads it; exceptionally when this is closed before.
   */
  CompletableFuture<Optional<PostgresSpool>> change() {
    return change;
  }

  @Override
  public void close() {
    change.cancel(false);
    timer.shutdownNow();
  }
}
