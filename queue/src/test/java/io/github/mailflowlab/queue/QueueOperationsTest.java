package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may do to whole queues. */
final class QueueOperationsTest {
  private static final Order ORDER = new Order("rest", Optional.empty());

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
    lab.transport.refusesConnections();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void makesNoAttemptWhileAQueueIsSuspendedAndGoesOnAfter() {
    String id = lab.submit("bob@contoso.example");
    assertThat(suspendQueue(true)).isEqualTo(OperationResult.DONE);
    lab.transport.delivers();
    lab.transport.made().clear();
    String late = lab.submit("carol@contoso.example");
    lab.advance(Duration.ofHours(1));
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.SUSPENDED);
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(2);

    assertThat(suspendQueue(false)).isEqualTo(OperationResult.DONE);

    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.message(late).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(operations(id)).containsExactly("Queue suspended by rest", "Queue resumed by rest");
    assertThat(operations(late)).containsExactly("Queue resumed by rest");
  }

  @Test
  void showsAMessageNothingThatHappenedToItsQueueAfterItHadLeft() {
    lab.transport.delivers();
    String id = lab.submit("bob@contoso.example");
    suspendQueue(true);
    assertThat(operations(id)).isEmpty();
  }

  @Test
  void keepsAQueueSuspendedOverARestart() {
    lab.submit("bob@contoso.example");
    suspendQueue(true);
    restart();
    lab.advance(Duration.ofHours(2));
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.SUSPENDED);
    suspendQueue(false);
    assertThat(lab.onlyQueue().messageCount()).isZero();
  }

  @Test
  void returnsWhatExpiresInASuspendedQueue() {
    String id = lab.submit("bob@contoso.example");
    suspendQueue(true);
    lab.advance(Duration.ofHours(24));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.SUSPENDED);
  }

  @Test
  void suspendsAllQueuesOfAConnectorAlsoThoseThatItWillHave() {
    lab.connectors = List.of(Lab.mxConnector(Lab.CONNECTOR, "*"));
    lab.submit("bob@one.example");
    assertThat(suspendConnector(true)).isEqualTo(OperationResult.DONE);
    lab.transport.made().clear();
    lab.submit("bob@two.example");
    lab.advance(Duration.ofHours(1));
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.queue.queues())
        .extracting(QueueView::status)
        .containsExactly(QueueStatus.SUSPENDED, QueueStatus.SUSPENDED);
    lab.close();
    lab =
        new Lab(
            directory, Lab.START.plus(Duration.ofHours(1)), Lab.mxConnector(Lab.CONNECTOR, "*"));
    lab.queue.start();
    lab.time.settle();
    assertThat(lab.transport.made()).isEmpty();

    assertThat(suspendConnector(false)).isEqualTo(OperationResult.DONE);

    assertThat(lab.transport.made()).hasSize(2);
    assertThat(lab.queue.queues())
        .extracting(QueueView::status)
        .containsExactly(QueueStatus.READY, QueueStatus.READY);
  }

  @Test
  void suspendsAndResumesOnlyOnce() {
    lab.submit("bob@contoso.example");
    assertThat(suspendQueue(false).detail()).isEqualTo("Queue q1 is not suspended.");
    suspendQueue(true);
    assertThat(suspendQueue(true).detail()).isEqualTo("Queue q1 is suspended already.");
    assertThat(suspendConnector(false).detail())
        .isEqualTo("Connector 'To on-premises' is not suspended.");
    suspendConnector(true);
    assertThat(suspendConnector(true).detail())
        .isEqualTo("Connector 'To on-premises' is suspended already.");
  }

  @Test
  void knowsNoQueueOrConnectorThatIsNotThere() {
    assertThat(await(lab.queue.suspendQueue("q9", true, ORDER))).isEqualTo(OperationResult.UNKNOWN);
    assertThat(await(lab.queue.suspendQueue("x", true, ORDER))).isEqualTo(OperationResult.UNKNOWN);
    assertThat(await(lab.queue.suspendConnector("Other", true, ORDER)))
        .isEqualTo(OperationResult.UNKNOWN);
  }

  @Test
  void probesNoSuspendedQueue() {
    lab.submit("bob@contoso.example");
    suspendQueue(true);
    assertThat(await(lab.queue.retry("q1", ORDER))).isEqualTo(RetryResult.NOT_IN_RETRY);
  }

  @Test
  void tellsWhoHadAQueueRetried() {
    String id = lab.submit("bob@contoso.example");
    assertThat(await(lab.queue.retry("q1", ORDER))).isEqualTo(RetryResult.STARTED);
    assertThat(operations(id)).containsExactly("Queue retried by rest");
  }

  private void restart() {
    lab.close();
    lab = new Lab(directory, Lab.START.plus(Duration.ofHours(1)));
    lab.queue.start();
  }

  private OperationResult suspendQueue(boolean suspend) {
    return await(lab.queue.suspendQueue("q1", suspend, ORDER));
  }

  private OperationResult suspendConnector(boolean suspend) {
    return await(lab.queue.suspendConnector(Lab.CONNECTOR, suspend, ORDER));
  }

  private <T> T await(CompletionStage<T> stage) {
    T result = stage.toCompletableFuture().join();
    lab.time.settle();
    return result;
  }

  private List<String> operations(String id) {
    return lab.queue.trace(id).stream()
        .filter(
            event ->
                List.of(TraceEvent.Kind.SUSPEND, TraceEvent.Kind.RESUME, TraceEvent.Kind.RETRY)
                    .contains(event.kind()))
        .map(TraceEvent::detail)
        .toList();
  }
}
