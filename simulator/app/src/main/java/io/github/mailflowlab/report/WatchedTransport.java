package io.github.mailflowlab.report;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Transport;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A transport of whose attempts somebody else hears, too; it does what the other one does. */
public final class WatchedTransport implements Transport {
  private final Transport transport;
  private final Watcher watcher;

  /** Hears of attempts. Must return at once and must not throw. */
  @FunctionalInterface
  public interface Watcher {
    /** An attempt is about to start; what it returns is told how it ended. Any thread. */
    Consumer<AttemptReport> starting(AttemptRequest request);
  }

  public WatchedTransport(Transport transport, Watcher watcher) {
    this.transport = transport;
    this.watcher = watcher;
  }

  @Override
  public Transport.Attempt start(AttemptRequest request) {
    Consumer<AttemptReport> end = watcher.starting(request);
    return new Watched(transport.start(request), end);
  }

  private static final class Watched implements Transport.Attempt {
    private final Transport.Attempt attempt;
    private final CompletionStage<AttemptReport> report;

    Watched(Transport.Attempt attempt, Consumer<AttemptReport> end) {
      this.attempt = attempt;
      this.report =
          attempt
              .report()
              .thenApply(
                  done -> {
                    end.accept(done);
                    return done;
                  });
    }

    @Override
    public CompletionStage<AttemptReport> report() {
      return report;
    }

    @Override
    public void cancel() {
      attempt.cancel();
    }

    @Override
    public void recorded() {
      attempt.recorded();
    }
  }
}
