package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpoolException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is already seen in the spool and not yet known to be durable. */
final class SlowFlushTest {
  @TempDir Path directory;
  private Lab lab;

  /** The flush of the next commit ends when this does. */
  private volatile CompletionStage<Void> flush = CompletableFuture.completedFuture(null);

  private final AtomicInteger commits = new AtomicInteger();

  @BeforeEach
  void start() {
    lab =
        new Lab(
            withSlowFlush(Lab.open(directory)),
            Lab.START,
            Lab.connector(Lab.CONNECTOR, true, "contoso.example"));
    lab.queue.start();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void mailIsSentWhenItIsDurableAndOnce() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    CompletableFuture<Submission.Result> first = submitted(slow);

    String second = submit("quick@contoso.example").join().id().orElseThrow();
    afterAllSoFar();
    assertThat(sent()).containsExactly(second);
    assertThat(first).isNotDone();

    slow.complete(null);
    String id = first.join().id().orElseThrow();
    lab.time.settle();
    assertThat(sent()).containsExactly(second, id);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void whatAnOperatorWantsOfItWaits() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    CompletableFuture<Submission.Result> submitted = submitted(slow);
    String id = lab.queue.messages(MessageFilter.ALL, 1, Optional.empty()).items().get(0).id();

    CompletableFuture<OperationResult> removed = remove(id);
    afterAllSoFar();
    assertThat(commits).as("the submission's").hasValue(1);

    slow.complete(null);
    submitted.join();
    assertThat(removed.join()).isEqualTo(OperationResult.DONE);
    lab.time.settle();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(sent()).isEmpty();
  }

  @Test
  void whatWasRefusedInTheEndIsNotHeldAnyMore() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    CompletableFuture<Submission.Result> submitted = submitted(slow);
    String id = lab.queue.messages(MessageFilter.ALL, 1, Optional.empty()).items().get(0).id();

    slow.completeExceptionally(new SpoolException("sick"));
    assertThat(submitted.join().reply().code()).isEqualTo(452);
    assertThat(remove(id).join()).isEqualTo(OperationResult.DONE);
  }

  /** Submits a mail that can be seen, and returns before it is durable. */
  private CompletableFuture<Submission.Result> submitted(CompletableFuture<Void> slow) {
    flush = slow;
    CompletableFuture<Submission.Result> submitted = submit("slow@contoso.example");
    await()
        .until(() -> !lab.queue.messages(MessageFilter.ALL, 1, Optional.empty()).items().isEmpty());
    afterAllSoFar();
    flush = CompletableFuture.completedFuture(null);
    return submitted;
  }

  private CompletableFuture<OperationResult> remove(String id) {
    return lab.queue
        .operate(id, MessageOperation.REMOVE, new Order("test", Optional.empty()))
        .toCompletableFuture();
  }

  /** The queue's thread has done what it was given before. */
  private void afterAllSoFar() {
    assertThat(lab.queue.retry("nobody").toCompletableFuture().join())
        .isEqualTo(RetryResult.UNKNOWN_QUEUE);
  }

  private CompletableFuture<Submission.Result> submit(String recipient) {
    return lab.queue
        .submit(Lab.envelope("alice@contoso.example", recipient), Lab.mail("Hello"))
        .toCompletableFuture();
  }

  private List<String> sent() {
    return lab.transport.made().stream().map(FakeTransport.Made::message).toList();
  }

  private Spool withSlowFlush(Spool spool) {
    return (Spool)
        Proxy.newProxyInstance(
            Spool.class.getClassLoader(),
            new Class<?>[] {Spool.class},
            (proxy, method, arguments) -> {
              CompletionStage<Void> end = flush;
              boolean commits = method.getName().equals("commit");
              if (commits) {
                this.commits.incrementAndGet();
              }
              Object result;
              try {
                result = method.invoke(spool, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return commits
                  ? ((CompletionStage<?>) result).thenCombine(end, (done, flushed) -> null)
                  : result;
            });
  }
}
