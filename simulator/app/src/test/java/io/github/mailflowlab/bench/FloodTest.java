package io.github.mailflowlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.Stage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FloodTest {
  /** Attempts that end when the test says so. */
  private final Queue<CompletableFuture<AttemptReport>> underWay = new ArrayDeque<>();

  private final Tally tally = new Tally(new FailureClassifier(FailureCatalogue.load()));
  private int started;

  @Test
  void theEndOfOneBeginsTheNext() {
    CompletableFuture<Void> end = flood(5, 3);

    assertThat(started).isEqualTo(3);
    endOne();
    assertThat(started).isEqualTo(4);
    endOne();
    endOne();
    assertThat(started).isEqualTo(5);
    assertThat(underWay).hasSize(2);
    endOne();
    assertThat(end).isNotDone();
    endOne();
    assertThat(end).isCompleted();
  }

  @Test
  void startsNoMoreThanThereAre() {
    CompletableFuture<Void> end = flood(2, 20);

    assertThat(started).isEqualTo(2);
    endOne();
    endOne();
    assertThat(end).isCompleted();
    assertThat(flood(0, 1)).isCompleted();
  }

  @Test
  void givesUpWhenItIsHopeless() {
    CompletableFuture<Void> end = flood(Integer.MAX_VALUE, 2);

    while (!underWay.isEmpty()) {
      endOne();
    }
    assertThat(end).isCompleted();
    assertThat(started).isEqualTo(Tally.MAX_FAILURES_IN_A_ROW + 1);
  }

  @Test
  void aBugOfOursEndsIt() {
    CompletableFuture<Void> end = flood(10, 2);

    underWay.remove().completeExceptionally(new IllegalStateException("a bug"));

    assertThat(end).isCompletedExceptionally();
  }

  private CompletableFuture<Void> flood(int messages, int atOnce) {
    BenchPlan plan =
        new BenchPlan(new SmartHost("127.0.0.1", 25), 1, 0, 1, 1, true, TlsSettings.OPPORTUNISTIC);
    AttemptRequest request = ClientBench.request(plan);
    return new Flood(this::start, request, tally, messages, atOnce).begin();
  }

  private Transport.Attempt start(AttemptRequest request) {
    started++;
    CompletableFuture<AttemptReport> report = new CompletableFuture<>();
    underWay.add(report);
    return new Transport.Attempt() {
      @Override
      public CompletionStage<AttemptReport> report() {
        return report;
      }

      @Override
      public void cancel() {}

      @Override
      public void recorded() {}
    };
  }

  private void endOne() {
    Failure failure = new Failure.OwnExhaustion(Stage.CONNECT, "cancelled");
    underWay.remove().complete(AttemptReport.failed(failure, Optional.empty(), List.of()));
  }
}
