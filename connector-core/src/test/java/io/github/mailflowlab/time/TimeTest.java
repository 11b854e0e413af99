package io.github.mailflowlab.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TimeTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedTime time = new SimulatedTime(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void runsTasksWhenDueAndNotBefore() {
    schedule(MINUTE, "a");
    time.advance(MINUTE.minusNanos(1));
    assertThat(ran).isEmpty();

    time.advance(Duration.ofNanos(1));
    assertThat(ran).containsExactly("a@PT1M");
    assertThat(time.nextDue()).isEmpty();
  }

  @Test
  void runsTasksInOrderOfTheirInstantsAndThenOfTheirScheduling() {
    schedule(MINUTE.multipliedBy(2), "late");
    schedule(MINUTE, "first");
    schedule(MINUTE, "second");
    assertThat(time.nextDue()).contains(START.plus(MINUTE));
    time.advance(MINUTE.multipliedBy(3));

    assertThat(ran).containsExactly("first@PT1M", "second@PT1M", "late@PT2M");
    assertThat(time.instant()).isEqualTo(START.plus(MINUTE.multipliedBy(3)));
  }

  @Test
  void runsWhatTasksScheduleOnTheWay() {
    time.schedule(START.plus(MINUTE), () -> schedule(MINUTE, "child"));
    time.advance(MINUTE.multipliedBy(2));

    assertThat(ran).containsExactly("child@PT2M");
  }

  @Test
  void aTaskThatIsOverdueRunsAtOnceWithoutTurningTimeBack() {
    schedule(MINUTE.negated(), "overdue");
    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("overdue@PT0S");
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    ScheduledTask task = time.schedule(START, () -> ran.add("cancelled"));
    schedule(Duration.ZERO, "kept");
    task.cancel();
    task.cancel();
    time.advance(Duration.ZERO);

    assertThat(ran).containsExactly("kept@PT0S");
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> time.advanceTo(START.minusNanos(1)));
    time.advanceTo(START);
    assertThat(time.instant()).isEqualTo(START);
  }

  @Test
  void aHeapGivesOnlyWhatIsDue() {
    TaskHeap heap = new TaskHeap();
    assertThat(heap.nextDue()).isEmpty();
    assertThat(heap.poll(START)).isEmpty();

    ScheduledTask task = heap.add(START, () -> {});
    assertThat(heap.poll(START.minusNanos(1))).isEmpty();
    assertThat(heap.poll(START)).isPresent();
    assertThat(heap.poll(START)).isEmpty();
    task.cancel();
  }

  @Test
  void countsWhatIsInFlight() throws InterruptedException {
    WorkInFlight work = new WorkInFlight();
    WorkInFlight.Token first = work.begin();
    WorkInFlight.Token second = work.begin();
    assertThat(work.count()).isEqualTo(2);

    first.close();
    first.close();
    assertThat(work.count()).isEqualTo(1);

    second.close();
    work.awaitQuiet();
    assertThat(work.count()).isZero();
  }

  @Test
  void trackedWorkIsInFlightFromTheHandOverToItsEndEvenIfItThrows() {
    WorkInFlight work = new WorkInFlight();
    Runnable task =
        work.tracked(
            () -> {
              ran.add("in flight: " + work.count());
              throw new IllegalStateException();
            });
    assertThat(work.count()).isEqualTo(1);

    assertThatIllegalStateException().isThrownBy(task::run);
    assertThat(ran).containsExactly("in flight: 1");
    assertThat(work.count()).isZero();
  }

  @Test
  void waitsForTheLastPieceOnAnotherThread() throws InterruptedException {
    WorkInFlight work = new WorkInFlight();
    WorkInFlight.Token token = work.begin();
    CountDownLatch handedOver = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              Runnable next = work.tracked(() -> ran.add("done"));
              token.close();
              handedOver.countDown();
              next.run();
            });
    other.start();
    handedOver.await();
    work.awaitQuiet();

    assertThat(ran).containsExactly("done");
    other.join();
  }

  private void schedule(Duration after, String name) {
    time.schedule(
        time.instant().plus(after),
        () -> ran.add(name + "@" + Duration.between(START, time.instant())));
  }
}
