package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of trouble by policies: one alert per policy, subject and episode, resolved by itself when
 * that is no longer so. The policy "Messages have been delayed" is always there, with one alert per
 * connector (exchange-online-behaviour 5.1); the others are as the settings say.
 *
 * <p>Nothing ticks. A policy looks at a subject when something happens that can matter, and at the
 * one instant when waiting alone makes a difference. Looking may read from a disk, so it happens on
 * a thread of the service's own, which also owns all mutable state but what policies count; {@link
 * #on} only leaves a note there, and a note for what already has one is dropped. Notes that come
 * too fast ({@link Pace}) wait for the next second of the lab. Every note is work in flight until
 * it has been acted upon or put off, so simulated time stands still meanwhile.
 *
 * <p>Alerts outlive the process in the {@link AlertStore}. After a restart {@link #start} finds the
 * same episodes again, and goes on with the alerts they had; nobody is told again.
 */
public final class AlertService implements EventSink, CertificateSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);

  /** When a subject is looked at again after that failed. */
  private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

  private static final int CLOSE_SECONDS = 10;

  private final Map<String, Policy> policies;
  private final Supplier<List<Connector>> connectors;
  private final InstantSource clock;
  private final TaskScheduler scheduler;
  private final WorkInFlight work;
  private final List<AlertNotifier> notifiers;
  private final ExecutorService executor;
  private final AlertHistory history;
  private final Set<Concern> noted = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread owner;

  /** Confined to the service's thread, as are the next. */
  private final Episodes episodes;

  /** The alerts of an earlier run that are not over. */
  private final List<Alert> unfinished;

  private final Map<Concern, ScheduledTask> checks = new HashMap<>();
  private final Map<Concern, ScheduledTask> pauses = new HashMap<>();
  private final Map<Concern, Pace> paces = new HashMap<>();

  /** A service whose alerts end with the process; otherwise as below. */
  public AlertService(
      AlertSettings settings,
      Backlog.View backlogs,
      Supplier<List<Connector>> connectors,
      InstantSource clock,
      TaskScheduler scheduler,
      WorkInFlight work,
      List<AlertNotifier> notifiers) {
    this(settings, backlogs, connectors, clock, scheduler, work, notifiers, AlertStore.NONE);
  }

  /**
   * A service that does nothing until {@link #start} or the first event. Reads the store at once.
   *
   * @param connectors the connectors as they are now; any thread
   * @param notifiers told in this order
   */
  public AlertService(
      AlertSettings settings,
      Backlog.View backlogs,
      Supplier<List<Connector>> connectors,
      InstantSource clock,
      TaskScheduler scheduler,
      WorkInFlight work,
      List<AlertNotifier> notifiers,
      AlertStore store) {
    this.policies = Policies.of(settings, backlogs);
    this.connectors = connectors;
    this.clock = clock;
    this.scheduler = scheduler;
    this.work = work;
    this.notifiers = List.copyOf(notifiers);
    this.history = new AlertHistory(store);
    this.episodes = new Episodes(settings, connectors, notifiers, history);
    this.unfinished = episodes.ongoing();
    unfinished.forEach(
        alert -> Optional.ofNullable(policies.get(alert.policy())).ifPresent(p -> p.goOn(alert)));
    this.executor = Executors.newSingleThreadExecutor(this::ownThread);
  }

  /** The alerts that a store has, newest first, for whoever runs no service over it. Any thread. */
  public static List<Alert> stored(AlertStore store) {
    return new AlertHistory(store).newestFirst();
  }

  /**
   * Goes on with notifications that an earlier run has left, and looks at every connector once, for
   * the mail that was queued before this run. Any thread.
   */
  public void start() {
    notifiers.forEach(AlertNotifier::start);
    for (String policy : policies.keySet()) {
      connectors.get().forEach(connector -> note(new Concern(policy, connector.name())));
    }
    // A connector that is gone has no mail, so that its alert ends.
    unfinished.forEach(alert -> note(alert.concern()));
  }

  /** Any thread; returns at once and never throws. */
  @Override
  public void on(ConnectorEvent event) {
    for (Policy policy : policies.values()) {
      policy.drawnBy(event).ifPresent(subject -> note(new Concern(policy.title().name(), subject)));
    }
  }

  /** Any thread; returns at once and never throws. */
  @Override
  public void onSpool(boolean writable) {
    Instant now = clock.instant();
    draw(policy -> policy.drawnBySpool(writable, now));
  }

  /** Any thread; returns at once and never throws. */
  @Override
  public void seen(String connector, String server, Instant expires) {
    draw(policy -> policy.drawnByCertificate(connector, server, expires));
  }

  /** The alerts, newest first, open and closed ones, those of earlier runs too. Any thread. */
  public List<Alert> alerts() {
    return history.newestFirst();
  }

  /** The alert with this id, if it is known. Any thread. */
  public Optional<Alert> alert(String id) {
    return history.find(id);
  }

  /** The names of the policies that the settings ask for. Any thread. */
  public Set<String> policies() {
    return Set.copyOf(policies.keySet());
  }

  /** How far it has come to tell of an alert, by those notifiers that know. Any thread. */
  public List<Notification> notifications(String id) {
    return notifiers.stream().flatMap(notifier -> notifier.about(id).stream()).toList();
  }

  /**
   * Does with an alert what somebody wants. Any thread; never blocks.
   *
   * @param by who, at most {@link Alert.Note#MAX_BY} characters
   * @param comment why, at most {@link Alert.Note#MAX_COMMENT} characters
   * @throws IllegalArgumentException when a text is empty, too long or has control characters
   */
  public CompletionStage<AlertChange> change(
      String id, Alert.State state, String by, Optional<String> comment) {
    Alert.Note note = new Alert.Note(clock.instant(), state, by, comment);
    CompletableFuture<AlertChange> answer = new CompletableFuture<>();
    boolean accepted =
        handOver(
            () -> {
              try {
                answer.complete(episodes.change(id, note));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    if (!accepted) {
      answer.completeExceptionally(new IllegalStateException("alerting is closed"));
    }
    return answer;
  }

  /** Finishes what is noted, forgets every check and ends the thread. Events are ignored after. */
  @Override
  public void close() {
    handOver(
        () -> {
          checks.values().forEach(ScheduledTask::cancel);
          pauses.values().forEach(ScheduledTask::cancel);
        });
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("alerting still busy after {} s, left behind", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw(Function<Policy, Optional<String>> news) {
    for (Policy policy : policies.values()) {
      news.apply(policy).ifPresent(subject -> note(new Concern(policy.title().name(), subject)));
    }
  }

  private void note(Concern concern) {
    if (noted.add(concern)) {
      handOver(() -> visit(concern));
    }
  }

  /** Acts upon a note, or puts it off; it stays then, so that no other is left meanwhile. */
  private void visit(Concern concern) {
    Policy policy = policies.get(concern.policy());
    if (policy == null) {
      // An alert of an earlier run whose policy is switched off now.
      noted.remove(concern);
      episodes.end(concern, clock.instant());
      return;
    }
    Pace pace = paces.computeIfAbsent(concern, name -> new Pace(policy.patience()));
    Optional<Instant> pause = pace.pause(clock.instant());
    if (pause.isPresent()) {
      pauses.put(concern, scheduler.schedule(pause.get(), () -> handOver(() -> visit(concern))));
      return;
    }
    pauses.remove(concern);
    // Before the look, so that what happens during it is looked at again.
    noted.remove(concern);
    lookAt(policy, concern);
  }

  /** Returns whether it will be done; it will not once the service is closed. */
  private boolean handOver(Runnable task) {
    WorkInFlight.Token token = work.begin();
    try {
      executor.execute(
          () -> {
            try (token) {
              task.run();
            } catch (RuntimeException e) {
              LOG.error("alerting gave up on one task", e);
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      token.close();
      return false;
    }
  }

  private void lookAt(Policy policy, Concern concern) {
    assert Thread.currentThread() == owner;
    Instant now = clock.instant();
    Optional<Instant> again;
    try {
      Verdict verdict = policy.judge(concern.subject(), now);
      episodes.take(policy, concern.subject(), verdict, now);
      again = verdict.again();
      if (verdict.isStale()) {
        note(concern);
      }
    } catch (RuntimeException e) {
      LOG.error("\"{}\" could not be judged by \"{}\"", concern.subject(), concern.policy(), e);
      again = Optional.of(now.plus(AFTER_TROUBLE));
    }
    checkAt(policy, concern, again);
  }

  private void checkAt(Policy policy, Concern concern, Optional<Instant> due) {
    ScheduledTask previous = checks.remove(concern);
    if (previous != null) {
      previous.cancel();
    }
    due.ifPresent(
        instant ->
            checks.put(
                concern,
                scheduler.schedule(instant, () -> handOver(() -> lookAt(policy, concern)))));
  }

  private Thread ownThread(Runnable loop) {
    Thread thread = new Thread(loop, "alerting");
    thread.setDaemon(true);
    owner = thread;
    return thread;
  }
}
