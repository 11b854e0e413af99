package io.github.mailflowlab.clock;

import io.github.mailflowlab.time.TaskHeap;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lab's time: it follows the wall, faster or slower or not at all, and can jump ahead. It never
 * goes back, not even when the wall's clock is set back.
 *
 * <p>One thread owns the course of things: it alone runs tasks, carries out jumps and reports
 * changes. Everybody may read the time, schedule and steer; so state is under one lock, held for a
 * few instructions and never while a task, a wait for work or a callback runs.
 *
 * <p><b>A jump</b> stops time and goes from instant to instant: wait until no work is in flight,
 * set the time to the next task's, run all that is due then, and again; with none left before the
 * target, set the time to the target and let it go on as before. So whatever a task starts (an
 * attempt, a commit) is done before time moves, and what it schedules within the jump is run within
 * the jump. Jumps asked for meanwhile wait for their turn.
 *
 * <p>{@code onChange} hears of every change, a jump's steps included, in order, on the clock's
 * thread and before the task of the step runs: whoever stores the state through the same queue as
 * the task's effects never finds, after a crash, effects from the future.
 */
public final class LabClock implements InstantSource, TaskScheduler, AutoCloseable {
  /** How far one jump may go. */
  public static final Duration MAX_ADVANCE = Duration.ofDays(3660);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(LabClock.class);

  private final InstantSource wall;
  private final WorkInFlight work;
  private final Consumer<ClockState> onChange;
  private final Thread owner = new Thread(this::run, "lab-clock");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TaskHeap tasks = new TaskHeap();
  private final ArrayDeque<Advance> advances = new ArrayDeque<>();

  /** The course; anchored anew whenever it changes, not at each look, which would add up errors. */
  private ClockState state;

  /** The latest lab time anybody was told; during a jump, lab time itself. */
  private Instant latest;

  private ClockView.@Nullable Advancing advancing;
  private boolean unreported;
  private boolean closed;

  /**
   * A clock that follows the system's, and starts at once.
   *
   * @param state as stored by an earlier run; empty for real time
   * @param work what a jump waits for
   * @param onChange told of every change of course; must not block
   */
  public static LabClock start(
      Optional<ClockState> state, WorkInFlight work, Consumer<ClockState> onChange) {
    InstantSource wall = SystemTime.source();
    return start(state.orElseGet(() -> ClockState.realTime(wall.instant())), wall, work, onChange);
  }

  /** The same with a wall of one's own, whose changes it learns by {@link #wallChanged}. */
  static LabClock start(
      ClockState state, InstantSource wall, WorkInFlight work, Consumer<ClockState> onChange) {
    LabClock clock = new LabClock(state, wall, work, onChange);
    clock.owner.setDaemon(true);
    clock.owner.start();
    return clock;
  }

  private LabClock(
      ClockState state, InstantSource wall, WorkInFlight work, Consumer<ClockState> onChange) {
    this.state = state;
    this.latest = state.lab();
    this.wall = wall;
    this.work = work;
    this.onChange = onChange;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ScheduledTask schedule(Instant due, Runnable task) {
    lock.lock();
    try {
      ScheduledTask scheduled = tasks.add(due, task);
      changed.signalAll();
      return () -> cancel(scheduled);
    } finally {
      lock.unlock();
    }
  }

  /** Everything about the clock, at one moment. Any thread. */
  public ClockView view() {
    lock.lock();
    try {
      return new ClockView(
          now(), state.speed(), state.paused(), tasks.nextDue(), Optional.ofNullable(advancing));
    } finally {
      lock.unlock();
    }
  }

  /** When the next task is due. Any thread. */
  public Optional<Instant> nextEvent() {
    return view().nextEvent();
  }

  /** The jump under way. Any thread. */
  public Optional<ClockView.Advancing> advancing() {
    return view().advancing();
  }

  /** What to store, so that the next run goes on from here. Any thread. */
  public ClockState snapshot() {
    lock.lock();
    try {
      return anchored();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets lab time run so many times as fast as the wall's from now on; after a jump under way.
   *
   * @throws IllegalArgumentException unless {@link ClockState#isSpeed}
   */
  public void setSpeed(double speed) {
    change(current -> current.withSpeed(speed));
  }

  /** Stops lab time. It can still jump. */
  public void pause() {
    change(current -> current.withPaused(true));
  }

  /** Lets lab time go again. */
  public void resume() {
    change(current -> current.withPaused(false));
  }

  /** Goes on by the course of another clock, as far as that does not lead back. */
  public void follow(ClockState course) {
    lock.lock();
    try {
      state = course;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Jumps ahead, from the lab time at which the jump's turn comes.
   *
   * @return completes with lab time when all work due by then is done, on the clock's thread; with
   *     a {@link CancellationException} when the clock is closed before
   * @throws IllegalArgumentException when negative or longer than {@link #MAX_ADVANCE}
   */
  public CompletionStage<Instant> advance(Duration by) {
    if (by.isNegative() || by.compareTo(MAX_ADVANCE) > 0) {
      throw new IllegalArgumentException("by: " + by + " (expected: PT0S to " + MAX_ADVANCE + ")");
    }
    return enqueue(Advance.by(by));
  }

  /**
   * Jumps to an instant; no move when time has got there before the jump's turn comes.
   *
   * @return as of {@link #advance}
   * @throws IllegalArgumentException when it is in the past or further than {@link #MAX_ADVANCE}
   */
  public CompletionStage<Instant> advanceTo(Instant target) {
    Instant now = instant();
    if (target.isBefore(now) || target.isAfter(now.plus(MAX_ADVANCE))) {
      throw new IllegalArgumentException(
          "to: " + target + " (expected: from " + now + ", at most " + MAX_ADVANCE + " ahead)");
    }
    return enqueue(Advance.to(target));
  }

  /**
   * Jumps to the next task, and does what is due then; no move when no task waits.
   *
   * @return as of {@link #advance}
   */
  public CompletionStage<Instant> advanceToNext() {
    return enqueue(Advance.toNext());
  }

  /** Runs no further task, and cancels the jumps. Blocks shortly; no effect the second time. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    owner.interrupt();
    if (Thread.currentThread() == owner) {
      return;
    }
    try {
      owner.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The wall's clock, for what is said to programs that know no lab time. Any thread. */
  public InstantSource wall() {
    return wall;
  }

  /** Looks at the wall again. */
  void wallChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cancel(ScheduledTask scheduled) {
    lock.lock();
    try {
      scheduled.cancel();
    } finally {
      lock.unlock();
    }
  }

  private CompletionStage<Instant> enqueue(Advance advance) {
    lock.lock();
    try {
      if (closed) {
        advance.done().completeExceptionally(new CancellationException("the clock is closed"));
      } else {
        advances.add(advance);
        changed.signalAll();
      }
      return advance.done().minimalCompletionStage();
    } finally {
      lock.unlock();
    }
  }

  private void change(UnaryOperator<ClockState> change) {
    lock.lock();
    try {
      state = change.apply(anchored());
      unreported = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lab time; with the lock. */
  private Instant now() {
    return now(wall.instant());
  }

  private Instant now(Instant wallNow) {
    assert lock.isHeldByCurrentThread();
    if (advancing != null) {
      return latest;
    }
    Instant lab = state.at(wallNow);
    if (lab.isBefore(latest)) {
      // The wall's clock was set back: the lab goes on from where it was.
      state = state.from(wallNow, latest);
      unreported = true;
    } else {
      latest = lab;
    }
    return latest;
  }

  /** The course from now on; with the lock. */
  private ClockState anchored() {
    Instant wallNow = wall.instant();
    Instant lab = now(wallNow);
    return state.from(wallNow, lab);
  }

  /** The clock's thread. */
  private void run() {
    try {
      while (true) {
        nextTurn().take();
      }
    } catch (InterruptedException e) {
      cancelAdvances();
    }
  }

  /** Something for the clock's thread to do, without the lock. */
  @FunctionalInterface
  private interface Turn {
    void take() throws InterruptedException;
  }

  private Turn nextTurn() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Advance advance = advances.peek();
        Instant now = now();
        if (unreported) {
          ClockState report = takeReport();
          return () -> report(report);
        }
        if (advance != null) {
          return () -> jump(advance);
        }
        Optional<Runnable> due = tasks.poll(now);
        if (due.isPresent()) {
          return () -> runTask(due.get());
        }
        changed.awaitNanos(untilNextDue().toNanos() + 1);
      }
      throw new InterruptedException("closed");
    } finally {
      lock.unlock();
    }
  }

  /** On the wall; bounded, to look at the wall now and then. */
  private Duration untilNextDue() {
    return tasks
        .nextDue()
        .flatMap(due -> state.wallTimeUntil(due, wall.instant()))
        .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
        .orElse(LONGEST_WAIT);
  }

  private void jump(Advance advance) throws InterruptedException {
    freeze(advance);
    work.awaitQuiet();
    Instant target = freeze(advance);
    Optional<Runnable> task = step(target);
    while (task.isPresent()) {
      report(snapshot());
      // No time passes between tasks of one instant, so their work may be in flight together.
      for (; task.isPresent(); task = pollDue()) {
        runTask(task.get());
      }
      work.awaitQuiet();
      task = step(target);
    }
    report(snapshot());
    advance.done().complete(instant());
  }

  /** Stops time, and says where to; what is in flight may still change what the next event is. */
  private Instant freeze(Advance advance) {
    lock.lock();
    try {
      Instant from = now();
      Instant target = advance.target().apply(from, tasks.nextDue());
      advancing = new ClockView.Advancing(from, target);
      return target;
    } finally {
      lock.unlock();
    }
  }

  /** Moves time to the next task and takes it, or to the target and lets time go on. */
  private Optional<Runnable> step(Instant target) throws InterruptedException {
    lock.lock();
    try {
      if (closed) {
        throw new InterruptedException("closed");
      }
      Optional<Instant> due = tasks.nextDue().filter(instant -> !instant.isAfter(target));
      Instant to = due.orElse(target);
      latest = to.isAfter(latest) ? to : latest;
      if (due.isPresent()) {
        return tasks.poll(latest);
      }
      state = anchored();
      advancing = null;
      advances.remove();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Runnable> pollDue() {
    lock.lock();
    try {
      return tasks.poll(latest);
    } finally {
      lock.unlock();
    }
  }

  private ClockState takeReport() {
    unreported = false;
    return anchored();
  }

  private void report(ClockState course) {
    try {
      onChange.accept(course);
    } catch (RuntimeException e) {
      log.error("the clock's course could not be stored", e);
    }
  }

  private static void runTask(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      log.error("a scheduled task broke", e);
    }
  }

  private void cancelAdvances() {
    List<Advance> waiting;
    lock.lock();
    try {
      closed = true;
      advancing = null;
      waiting = List.copyOf(advances);
      advances.clear();
    } finally {
      lock.unlock();
    }
    CancellationException cancelled = new CancellationException("the clock is closed");
    waiting.forEach(advance -> advance.done().completeExceptionally(cancelled));
  }
}
