package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.CommitQueue.Job;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
  void allThatWaitsIsOneBatchInItsOrder() {
    CommitQueue queue = queue(LONG, OUTCOME, MAIL, OUTCOME);
    assertThat(queue.take()).containsExactly(OUTCOME, MAIL, OUTCOME);
  }

  @Test
  void aBatchEndsAfter1024Changes() {
    CommitQueue queue = new CommitQueue(LONG);
    Stream.generate(() -> OUTCOME).limit(1025).forEach(queue::add);
    assertThat(queue.take()).hasSize(1024);
    assertThat(queue.take()).hasSize(1);
  }

  @Test
  void outcomesWaitForNobodyWhileNoMailComes() {
    CommitQueue queue = queue(LONG, OUTCOME);
    assertThat(queue.take()).containsExactly(OUTCOME);
  }

  @Test
  void mailWaitsForNobody() {
    CommitQueue queue = queue(LONG, MAIL);
    assertThat(queue.take()).containsExactly(MAIL);
    queue.add(MAIL);
    assertThat(queue.take()).containsExactly(MAIL);
  }

  @Test
  void outcomesWaitForTheNextMailWhileMailComes() throws ExecutionException, InterruptedException {
    CommitQueue queue = queue(LONG, MAIL);
    queue.take();
    queue.add(OUTCOME);

    FutureTask<List<Job>> next = new FutureTask<>(queue::take);
    Thread writer = new Thread(next);
    writer.start();
    Awaitility.await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
    queue.add(MAIL);

    assertThat(next.get()).containsExactly(OUTCOME, MAIL);
  }

  @Test
  void outcomesWaitNoLongerThanAMoment() {
    CommitQueue queue = queue(Duration.ofMillis(1), MAIL);
    queue.take();
    queue.add(OUTCOME);
    assertThat(queue.take()).containsExactly(OUTCOME);
  }

  @Test
  void nothingIsTakenWhenNothingComes() {
    assertThat(new CommitQueue(LONG).poll(Duration.ofMillis(1))).isEmpty();
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
