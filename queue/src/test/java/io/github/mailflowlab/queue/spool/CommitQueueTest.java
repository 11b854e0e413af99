package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.CommitQueue.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Which changes share a transaction. */
final class CommitQueueTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Job MAIL =
      job(
          new Change.StoreMessage(
              SpoolContract.mail("a1", SpoolContract.NOW), MessageContent.of(new byte[1])));
  private static final Job OUTCOME = job(new Change.PutSetting("key", "x"));

  @Test
  void allThatWaitsIsOneTransactionInItsOrder() {
    CommitQueue queue = queue(LONG, OUTCOME, MAIL, OUTCOME);
    assertThat(transaction(queue)).containsExactly(OUTCOME, MAIL, OUTCOME);
  }

  @Test
  void aTransactionEndsAfter1024Changes() {
    CommitQueue queue = new CommitQueue(LONG);
    Stream.generate(() -> OUTCOME).limit(1025).forEach(queue::add);
    assertThat(transaction(queue)).hasSize(1024);
    assertThat(transaction(queue)).hasSize(1);
  }

  @Test
  void outcomesWaitForNobodyWhileNoMailComes() {
    CommitQueue queue = queue(LONG, OUTCOME);
    assertThat(transaction(queue)).containsExactly(OUTCOME);
  }

  @Test
  void mailWaitsForNobody() {
    CommitQueue queue = queue(LONG, MAIL);
    assertThat(transaction(queue)).containsExactly(MAIL);
    queue.add(MAIL);
    assertThat(transaction(queue)).containsExactly(MAIL);
  }

  @Test
  void outcomesWaitForTheNextMailWhileMailComes() throws ExecutionException, InterruptedException {
    CommitQueue queue = queue(LONG, MAIL);
    transaction(queue);
    queue.add(OUTCOME);

    FutureTask<List<Job>> next = inBackground(() -> transaction(queue));
    queue.add(MAIL);

    assertThat(next.get()).containsExactly(OUTCOME, MAIL);
  }

  @Test
  void aNudgeDoesNotEndThatWait() throws ExecutionException, InterruptedException {
    CommitQueue queue = queue(LONG, MAIL);
    transaction(queue);
    queue.add(OUTCOME);

    FutureTask<List<Job>> next = inBackground(() -> transaction(queue));
    queue.nudge();
    queue.add(MAIL);

    assertThat(next.get()).containsExactly(OUTCOME, MAIL);
  }

  @Test
  void outcomesWaitNoLongerThanAMoment() {
    CommitQueue queue = queue(Duration.ofMillis(1), MAIL);
    transaction(queue);
    queue.add(OUTCOME);
    assertThat(transaction(queue)).containsExactly(OUTCOME);
  }

  @Test
  void whatComesBeforeItCanBeCommittedBelongsToTheTransaction()
      throws ExecutionException, InterruptedException {
    CommitQueue queue = queue(LONG, MAIL);
    AtomicBoolean busy = new AtomicBoolean(true);
    queue.take();

    FutureTask<List<Job>> more = inBackground(() -> queue.more(busy::get));
    queue.add(OUTCOME);
    assertThat(more.get()).containsExactly(OUTCOME);

    FutureTask<List<Job>> nothing = inBackground(() -> queue.more(busy::get));
    busy.set(false);
    queue.nudge();
    assertThat(nothing.get()).isEmpty();
  }

  @Test
  void aFullTransactionTakesNothingMore() {
    CommitQueue queue = new CommitQueue(LONG);
    Stream.generate(() -> OUTCOME).limit(1025).forEach(queue::add);
    queue.take();
    assertThat(queue.more(() -> true)).isEmpty();
  }

  @Test
  void aNudgeAloneIsNoTransaction() {
    CommitQueue queue = new CommitQueue(LONG);
    queue.nudge();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void nothingIsTakenWhenNothingComes() {
    assertThat(new CommitQueue(LONG).poll(Duration.ofMillis(1))).isEmpty();
  }

  /** The next one, where each can be committed at once. */
  private static List<Job> transaction(CommitQueue queue) {
    List<Job> all = new ArrayList<>();
    for (List<Job> more = queue.take(); !more.isEmpty(); more = queue.more(() -> false)) {
      all.addAll(more);
    }
    return all;
  }

  /** Returns when it waits. */
  private static FutureTask<List<Job>> inBackground(Callable<List<Job>> work) {
    FutureTask<List<Job>> task = new FutureTask<>(work);
    Thread writer = new Thread(task);
    writer.start();
    Awaitility.await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
    return task;
  }

  private static CommitQueue queue(Duration moment, Job... jobs) {
    CommitQueue queue = new CommitQueue(moment);
    Stream.of(jobs).forEach(queue::add);
    return queue;
  }

  private static Job job(Change change) {
    return new Job(List.of(change), new CompletableFuture<>());
  }
}
