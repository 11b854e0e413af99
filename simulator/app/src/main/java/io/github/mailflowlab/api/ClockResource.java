package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.document.ClockDocument;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.QueueView;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /clock}: the lab's time, read and steered. */
@Blocking
final class ClockResource {
  /** What PATCH takes. */
  record Change(@Nullable Double speed, @Nullable Boolean paused) {}

  /** What POST advance takes: one of the two. */
  record Advance(@Nullable String by, @Nullable String to) {}

  private final LabClock clock;
  private final Supplier<Optional<Instant>> nextExpiry;
  private final boolean steerable;

  ClockResource(LabClock clock, MailQueue queue, boolean steerable) {
    this(clock, () -> nextExpiry(queue), steerable);
  }

  /**
   * The clock of a lab that may have no queue.
   *
   * @param nextExpiry when the next message runs out of time
   */
  ClockResource(LabClock clock, Supplier<Optional<Instant>> nextExpiry, boolean steerable) {
    this.clock = clock;
    this.nextExpiry = nextExpiry;
    this.steerable = steerable;
  }

  @Get("/clock")
  public HttpResponse show() {
    return Answers.ok(document());
  }

  @Patch("/clock")
  public HttpResponse change(AggregatedHttpRequest request) {
    requireSteerable();
    Change change = Bodies.read(request, Change.class);
    if (change.speed() != null) {
      double speed = change.speed();
      if (!ClockState.isSpeed(speed)) {
        throw new BadRequest("speed: expected 0.1 to 100000.");
      }
      clock.setSpeed(speed);
    }
    if (change.paused() != null) {
      if (change.paused()) {
        clock.pause();
      } else {
        clock.resume();
      }
    }
    return Answers.ok(document());
  }

  @Post("/clock/advance")
  public CompletionStage<HttpResponse> advance(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    requireSteerable();
    boolean wait = Parameters.of(context, "wait").flag("wait", true);
    CompletionStage<Instant> done = start(Bodies.read(request, Advance.class));
    if (!wait) {
      return CompletableFuture.completedFuture(Answers.json(HttpStatus.ACCEPTED, document()));
    }
    context.clearRequestTimeout();
    return done.thenApply(reached -> Answers.ok(document()));
  }

  private ClockDocument document() {
    return ClockDocument.of(clock.view());
  }

  private CompletionStage<Instant> start(Advance advance) {
    if ((advance.by() == null) == (advance.to() == null)) {
      throw new BadRequest("Expected {\"by\":\"PT24H\"} or {\"to\":\"next|expiry|<instant>\"}.");
    }
    try {
      return advance.by() != null
          ? clock.advance(duration(advance.by()))
          : advanceTo(String.valueOf(advance.to()));
    } catch (IllegalArgumentException e) {
      // Only the clock itself can tell what is past: it may be running fast.
      throw new BadRequest(String.valueOf(e.getMessage()));
    }
  }

  private CompletionStage<Instant> advanceTo(String target) {
    return switch (target) {
      case "next" -> {
        if (clock.nextEvent().isEmpty()) {
          throw new BadRequest("to: nothing is due.");
        }
        yield clock.advanceToNext();
      }
      case "expiry" ->
          clock.advanceTo(
              nextExpiry
                  .get()
                  .orElseThrow(() -> new BadRequest("to: no message waits for its expiry.")));
      default -> clock.advanceTo(instant(target));
    };
  }

  private static Duration duration(String by) {
    try {
      return Duration.parse(by);
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRequest("by: expected a duration such as PT24H.");
    }
  }

  private static Optional<Instant> nextExpiry(MailQueue queue) {
    return queue.queues().stream()
        .map(QueueView::oldestExpires)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Instant instant(String to) {
    try {
      return Instant.parse(to);
    } catch (DateTimeException e) {
      throw new BadRequest("to: expected next, expiry or an instant such as 2030-01-01T00:00:00Z.");
    }
  }

  private void requireSteerable() {
    if (!steerable) {
      throw new Conflict("The configuration says time.steerable: false.");
    }
  }
}
