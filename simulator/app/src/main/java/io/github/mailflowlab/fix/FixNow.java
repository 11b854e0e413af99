package io.github.mailflowlab.fix;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.Order;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.tenant.Fix;
import io.github.mailflowlab.tenant.Tenant;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fix now (exchange-online-behaviour 5.3): for mail to servers of one's own that are gone for good.
 * The connector is disabled, its accepted domains become Authoritative, and when that has taken
 * effect, the mail that waits is routed again: who has a mailbox here gets it, for the others it is
 * returned.
 *
 * <p>An order is stored by the {@link Tenant} before it is answered, together with the changes that
 * it makes; these come into force by themselves. What has to be done at that instant, and again
 * after a crash during it, is the re-routing: it can be repeated, and a fix is done once a whole
 * look at the queue finds nothing more to move.
 *
 * <p>Methods may be called by any thread and may wait for the disk. Re-routing has a thread of its
 * own, and is work in flight, so simulated time waits for it.
 */
public final class FixNow implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FixNow.class);
  private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);
  private static final int CLOSE_SECONDS = 5;

  private final Tenant tenant;
  private final MailQueue queue;
  private final Function<String, Optional<Alert>> alerts;
  private final Planner planner;
  private final InstantSource clock;
  private final TaskScheduler scheduler;
  private final WorkInFlight work;
  private final Map<String, ScheduledTask> waiting = new ConcurrentHashMap<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "fix-now"));
  private volatile boolean closing;

  /** Does nothing before {@link #start}. */
  public FixNow(
      Tenant tenant,
      Propagation propagation,
      MailQueue queue,
      Function<String, Optional<Alert>> alerts,
      InstantSource clock,
      TaskScheduler scheduler,
      WorkInFlight work) {
    this.tenant = tenant;
    this.queue = queue;
    this.alerts = alerts;
    this.planner = new Planner(tenant, queue, propagation, clock);
    this.clock = clock;
    this.scheduler = scheduler;
    this.work = work;
  }

  /** Goes on with what earlier runs were told to do. */
  public void start() {
    tenant.fixes().stream().filter(fix -> !fix.done()).forEach(fix -> expect(fix, fix.due()));
  }

  /** What it does about an alert, or would do. */
  public FixAnswer show(String alertId) {
    return known(alertId, alert -> planner.plan(alert, tenant.fix(alertId)));
  }

  /** Orders it. It takes effect after the propagation time. */
  public FixAnswer order(String alertId, Order order) {
    return known(alertId, alert -> order(alert, order));
  }

  private FixAnswer order(Alert alert, Order order) {
    Optional<Fix> known = tenant.fix(alert.id());
    if (known.isPresent()) {
      return new FixAnswer.Refused(
          "Alert " + alert.id() + " was fixed already; " + effect(known.get()) + ".");
    }
    FixAnswer answer = planner.plan(alert, Optional.empty());
    if (!(answer instanceof FixAnswer.Plan)) {
      return answer;
    }
    Checked<Fix> ordered =
        tenant.fix(
            alert.id(),
            alert.connector(),
            planner.domains(alert.connector()),
            order.by(),
            order.reason());
    if (!ordered.problems().isEmpty()) {
      return new FixAnswer.Refused(
          String.join("; ", ordered.problems().stream().map(ConfigProblem::toString).toList())
              + ".");
    }
    expect(ordered.value(), ordered.value().due());
    return planner.plan(alert, Optional.of(ordered.value()));
  }

  /** Takes an order back; refused once it has taken effect. */
  public FixAnswer undo(String alertId, Order order) {
    return known(alertId, alert -> undo(alert, order));
  }

  private FixAnswer undo(Alert alert, Order order) {
    if (tenant.unfix(alert.id(), order.by(), order.reason())) {
      ScheduledTask task = waiting.remove(alert.id());
      if (task != null) {
        task.cancel();
      }
      return planner.undone(alert);
    }
    return new FixAnswer.Refused(
        tenant
            .fix(alert.id())
            .map(
                fix ->
                    "Fix now of alert "
                        + alert.id()
                        + " took effect at "
                        + fix.due()
                        + "; enable the connector and change its domains by hand.")
            .orElse("Alert " + alert.id() + " has no Fix now that could be undone."));
  }

  private FixAnswer known(String alertId, Function<Alert, FixAnswer> answer) {
    return alerts.apply(alertId).map(answer).orElseGet(FixAnswer.NoAlert::new);
  }

  private String effect(Fix fix) {
    return (fix.isPending(clock.instant()) ? "that takes effect at " : "that took effect at ")
        + fix.due();
  }

  private void expect(Fix fix, Instant due) {
    waiting.put(fix.alert(), scheduler.schedule(due, () -> begin(fix)));
  }

  private void begin(Fix fix) {
    Runnable task = work.tracked(() -> reroute(fix));
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed; the next run goes on with it.
    }
  }

  private void reroute(Fix fix) {
    if (!tenant.fix(fix.alert()).equals(Optional.of(fix))) {
      return;
    }
    try {
      new Rerouting(queue, fix.connector(), new Order("Fix now", fix.reason())).run();
      tenant.fixed(fix.alert());
      waiting.remove(fix.alert());
    } catch (RuntimeException e) {
      if (!closing) {
        log.error("fix alert={} interrupted, goes on in {}", fix.alert(), AFTER_TROUBLE, e);
        expect(fix, clock.instant().plus(AFTER_TROUBLE));
      }
    }
  }

  /** Starts nothing more; what is not done is gone on with by the next run. */
  @Override
  public void close() {
    closing = true;
    waiting.values().forEach(ScheduledTask::cancel);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("Fix now still busy after {} s, the next run goes on", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
