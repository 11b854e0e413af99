package io.github.mailflowlab.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * An order to the clock to jump ahead. Where to is decided when its turn comes.
 *
 * @param target from lab time and the next event, the instant to go to; in the past for no move
 * @param done completes with lab time when everything due on the way is done
 */
record Advance(
    BiFunction<Instant, Optional<Instant>, Instant> target, CompletableFuture<Instant> done) {
  static Advance by(Duration duration) {
    return new Advance((now, next) -> now.plus(duration), new CompletableFuture<>());
  }

  static Advance to(Instant instant) {
    return new Advance((now, next) -> instant, new CompletableFuture<>());
  }

  static Advance toNext() {
    return new Advance((now, next) -> next.orElse(now), new CompletableFuture<>());
  }
}
