package io.github.mailflowlab.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a wall whose clock moves only when a test moves it. */
@Timeout(30)
final class LabClockTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final AtomicReference<Instant> wall = new AtomicReference<>(START);
  private final WorkInFlight work = new WorkInFlight();
  private final List<ClockState> stored = new CopyOnWriteArrayList<>();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final LabClock clock = start(ClockState.realTime(START));

  private LabClock start(ClockState state) {
    return LabClock.start(state, wall::get, work, stored::add);
  }

  @AfterEach
  void close() {
    clock.close();
  }

  private static Instant at(String duration) {
    return START.plus(Duration.parse(duration));
  }

  private static Instant join(CompletionStage<Instant> stage) {
    return stage.toCompletableFuture().join();
  }

  private void passOnTheWall(String duration) {
    wall.updateAndGet(now -> now.plus(Duration.parse(duration)));
    clock.wallChanged();
  }

  private void schedule(String due, String name) {
    clock.schedule(at(due), () -> ran.add(name + " " + Duration.between(START, clock.instant())));
  }

  /** Comes back when the clock's thread has run what is due now. */
  private void settle() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    clock.schedule(clock.instant(), latch::countDown);
    latch.await();
  }

  @Test
  void followsTheWall() throws InterruptedException {
    schedule("PT1H", "task");
    passOnTheWall("PT59M59S");
    settle();
    assertThat(ran).isEmpty();

    passOnTheWall("PT1S");
    settle();

    assertThat(clock.instant()).isEqualTo(at("PT1H"));
    assertThat(ran).containsExactly("task PT1H");
  }

  @Test
  void changesSpeedAndPausesFromNowOn() {
    clock.setSpeed(60);
    passOnTheWall("PT1M");
    clock.pause();
    passOnTheWall("PT1H");
    assertThat(clock.instant()).isEqualTo(at("PT1H"));

    clock.resume();
    passOnTheWall("PT1M");

    assertThat(clock.view())
        .isEqualTo(new ClockView(at("PT2H"), 60, false, Optional.empty(), Optional.empty()));
  }

  @Test
  void goesOnByTheCourseOfAnotherClock() throws InterruptedException {
    schedule("PT3H", "task");
    clock.follow(new ClockState(START, at("PT2H"), 60, false));
    assertThat(clock.instant()).isEqualTo(at("PT2H"));

    passOnTheWall("PT1M");
    settle();

    assertThat(clock.instant()).isEqualTo(at("PT3H"));
    assertThat(ran).containsExactly("task PT3H");
  }

  @Test
  void isNotLedBackByAnotherClock() {
    passOnTheWall("PT1H");
    assertThat(clock.instant()).isEqualTo(at("PT1H"));

    clock.follow(ClockState.realTime(at("PT1H")).from(at("PT1H"), at("PT30M")));

    assertThat(clock.instant()).isEqualTo(at("PT1H"));
  }

  @Test
  void refusesOtherSpeedsAndKeepsItsOwn() {
    assertThatThrownBy(() -> clock.setSpeed(0)).isInstanceOf(IllegalArgumentException.class);

    assertThat(clock.view().speed()).isEqualTo(1);
  }

  @Test
  void goesOnWhereItWasWhenTheWallIsSetBack() {
    passOnTheWall("PT1H");
    assertThat(clock.instant()).isEqualTo(at("PT1H"));

    passOnTheWall("PT-30M");
    assertThat(clock.instant()).isEqualTo(at("PT1H"));
    passOnTheWall("PT5M");

    assertThat(clock.instant()).isEqualTo(at("PT1H5M"));
  }

  @Test
  void jumpsFromTaskToTaskTasksOfTasksIncluded() {
    schedule("PT2H", "second");
    schedule("PT1H", "first");
    schedule("PT2H", "third");
    schedule("PT24H0.000000001S", "beyond");
    clock.schedule(at("PT3H"), () -> schedule("PT5H", "grandchild"));

    assertThat(join(clock.advance(DAY))).isEqualTo(at("P1D"));

    assertThat(ran).containsExactly("first PT1H", "second PT2H", "third PT2H", "grandchild PT5H");
    assertThat(clock.nextEvent()).contains(at("PT24H0.000000001S"));
  }

  @Test
  void runsATaskOfTheVeryTarget() {
    schedule("P1D", "task");

    join(clock.advanceTo(at("P1D")));

    assertThat(ran).containsExactly("task PT24H");
  }

  @Test
  void standsStillUntilWorkInFlightIsDone() throws InterruptedException {
    BlockingQueue<WorkInFlight.Token> attempts = new LinkedBlockingQueue<>();
    clock.schedule(at("PT1H"), () -> attempts.add(work.begin()));
    schedule("PT2H", "later");

    CompletionStage<Instant> done = clock.advance(DAY);
    WorkInFlight.Token attempt = attempts.take();
    passOnTheWall("PT3H");

    assertThat(clock.instant()).isEqualTo(at("PT1H"));
    assertThat(clock.advancing()).contains(new ClockView.Advancing(START, at("P1D")));
    assertThat(ran).isEmpty();
    schedule("PT1H30M", "from the attempt");
    attempt.close();

    assertThat(join(done)).isEqualTo(at("P1D"));
    assertThat(clock.advancing()).isEmpty();
    assertThat(ran).containsExactly("from the attempt PT1H30M", "later PT2H");
  }

  @Test
  void goesOnFromTheTargetAtItsSpeed() {
    clock.setSpeed(60);
    join(clock.advance(DAY));

    passOnTheWall("PT1M");

    assertThat(clock.instant()).isEqualTo(at("PT25H"));
  }

  @Test
  void jumpsWhilePausedAndStaysPaused() {
    clock.pause();

    join(clock.advance(DAY));
    passOnTheWall("PT1M");

    assertThat(clock.instant()).isEqualTo(at("P1D"));
    assertThat(clock.view().paused()).isTrue();
  }

  @Test
  void carriesOutJumpsOneAfterTheOther() {
    WorkInFlight.Token token = work.begin();
    CompletionStage<Instant> first = clock.advance(DAY);
    CompletionStage<Instant> second = clock.advance(DAY);
    CompletionStage<Instant> overtaken = clock.advanceTo(at("PT1H"));
    token.close();

    assertThat(join(first)).isEqualTo(at("P1D"));
    assertThat(join(second)).isEqualTo(at("P2D"));
    assertThat(join(overtaken)).isEqualTo(at("P2D"));
  }

  @Test
  void jumpsToTheNextEventWhichWorkInFlightMayBringForward() {
    schedule("PT10M", "late");
    WorkInFlight.Token token = work.begin();
    CompletionStage<Instant> done = clock.advanceToNext();
    schedule("PT5M", "early");
    token.close();

    assertThat(join(done)).isEqualTo(at("PT5M"));
    assertThat(join(clock.advanceToNext())).isEqualTo(at("PT10M"));
    assertThat(join(clock.advanceToNext())).isEqualTo(at("PT10M"));
    assertThat(ran).containsExactly("early PT5M", "late PT10M");
  }

  @Test
  void refusesToGoBackOrTooFar() {
    List<Runnable> refused =
        List.of(
            () -> clock.advance(Duration.ofNanos(-1)),
            () -> clock.advance(LabClock.MAX_ADVANCE.plusNanos(1)),
            () -> clock.advanceTo(START.minusNanos(1)),
            () -> clock.advanceTo(Instant.MAX));

    refused.forEach(
        jump -> assertThatThrownBy(jump::run).isInstanceOf(IllegalArgumentException.class));
    assertThat(join(clock.advance(Duration.ZERO))).isEqualTo(START);
  }

  @Test
  void forgetsCancelledTasks() {
    ScheduledTask task = clock.schedule(at("PT1H"), () -> ran.add("cancelled"));
    task.cancel();

    assertThat(clock.nextEvent()).isEmpty();
    join(clock.advance(DAY));
    assertThat(ran).isEmpty();
  }

  @Test
  void survivesATaskThatBreaks() {
    clock.schedule(
        at("PT1H"),
        () -> {
          throw new IllegalStateException("a test's own");
        });
    schedule("PT2H", "next");

    join(clock.advance(DAY));

    assertThat(ran).containsExactly("next PT2H");
  }

  @Test
  void tellsEachStepBeforeItsTaskRuns() {
    clock.schedule(at("PT1H"), () -> ran.add("stored " + stored.get(stored.size() - 1).lab()));

    join(clock.advance(DAY));

    assertThat(ran).containsExactly("stored 2026-03-01T01:00:00Z");
    assertThat(stored.get(stored.size() - 1).lab()).isEqualTo(at("P1D"));
  }

  @Test
  void goesOnAfterARestartFromWhatWasStored() throws InterruptedException {
    clock.setSpeed(60);
    join(clock.advance(DAY));
    settle();
    ClockState last = stored.get(stored.size() - 1);
    passOnTheWall("PT1M");

    try (LabClock restarted = start(ClockState.parse(last.text()).orElseThrow())) {
      assertThat(restarted.instant()).isEqualTo(at("PT25H"));
      assertThat(restarted.snapshot().speed()).isEqualTo(60);
    }
  }

  @Test
  void doesNotJumpBackAfterARestartOnAWallSetBack() {
    wall.set(START.minusSeconds(3600));

    try (LabClock restarted = start(new ClockState(START, at("P1D"), 1, false))) {
      assertThat(restarted.instant()).isEqualTo(at("P1D"));
      wall.set(START.minusSeconds(3599));
      assertThat(restarted.instant()).isEqualTo(at("P1D").plusSeconds(1));
    }
  }

  @Test
  void cancelsJumpsWhenClosed() {
    WorkInFlight.Token token = work.begin();
    CompletionStage<Instant> running = clock.advance(DAY);
    CompletionStage<Instant> waiting = clock.advance(DAY);

    clock.close();

    for (CompletionStage<Instant> jump : List.of(running, waiting, clock.advance(DAY))) {
      assertThatThrownBy(() -> join(jump))
          .isInstanceOfAny(CancellationException.class, CompletionException.class);
    }
    token.close();
  }

  @Test
  void runsNoFurtherTaskOnceClosedInTheMiddleOfAJump() {
    clock.schedule(at("PT1H"), clock::close);
    schedule("PT2H", "after");

    CompletionStage<Instant> jump = clock.advance(DAY);

    assertThatThrownBy(() -> join(jump))
        .isInstanceOfAny(CancellationException.class, CompletionException.class);
    assertThat(ran).isEmpty();
  }

  @Test
  void followsTheSystemClockWhenNothingElseIsSaid() throws InterruptedException {
    CountDownLatch ranOnce = new CountDownLatch(1);
    try (LabClock real = LabClock.start(Optional.empty(), work, state -> {})) {
      Instant before = real.instant();
      real.schedule(before.plusMillis(20), ranOnce::countDown);
      ranOnce.await();

      assertThat(real.instant()).isAfterOrEqualTo(before.plusMillis(20));
    }
  }
}
