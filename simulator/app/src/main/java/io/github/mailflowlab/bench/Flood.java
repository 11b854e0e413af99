package io.github.mailflowlab.bench;

import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of messages, of which so many are always under way: the end of one begins the next.
 * Begun by one thread, driven by those that bring the reports.
 */
final class Flood {
  private final Transport transport;
  private final AttemptRequest request;
  private final Tally tally;
  private final AtomicInteger left;
  private final AtomicInteger underWay;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  Flood(Transport transport, AttemptRequest request, Tally tally, int messages, int atOnce) {
    this.transport = transport;
    this.request = request;
    this.tally = tally;
    this.left = new AtomicInteger(messages);
    this.underWay = new AtomicInteger(atOnce);
  }

  /** Completes once all messages are done, or it is hopeless; exceptionally for a bug of ours. */
  CompletableFuture<Void> begin() {
    int atOnce = underWay.get();
    for (int i = 0; i < atOnce; i++) {
      next();
    }
    return end;
  }

  private void next() {
    if (left.getAndDecrement() <= 0 || tally.isHopeless()) {
      if (underWay.decrementAndGet() == 0) {
        end.complete(null);
      }
      return;
    }
    long begin = System.nanoTime();
    Transport.Attempt attempt = transport.start(request);
    var unused =
        attempt
            .report()
            .whenComplete(
                (report, bug) -> {
                  if (bug != null) {
                    end.completeExceptionally(bug);
                    return;
                  }
                  tally.note(report, System.nanoTime() - begin);
                  attempt.recorded();
                  next();
                });
  }
}
