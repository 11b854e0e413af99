package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Dealing;
import io.github.mailflowlab.lab.smtp.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts off each triplet of client, sender and recipient until so long after it was first seen, on
 * the lab's clock. Remembers the last {@value #MOST} triplets.
 */
final class Greylist implements Deed {
  static final int MOST = 10_000;
  private static final Action LATER = Action.say("450 4.7.1 Greylisted, try again later");

  private final Duration wait;
  private final InstantSource clock;
  private final Map<List<String>, Instant> firstSeen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Instant> eldest) {
          return size() > MOST;
        }
      };

  Greylist(Duration wait, InstantSource clock) {
    this.wait = wait;
    this.clock = clock;
  }

  @Override
  public Optional<Action> act(Turn turn, Action below) {
    Instant now = clock.instant();
    Instant first = firstSeen.computeIfAbsent(triplet(turn.dealing()), seen -> now);
    return now.isBefore(first.plus(wait)) ? Optional.of(LATER) : Optional.empty();
  }

  private static List<String> triplet(Dealing dealing) {
    return List.of(
        dealing.client().getHostAddress(),
        dealing.sender().orElse("").toLowerCase(Locale.ROOT),
        String.join(",", dealing.recipients()).toLowerCase(Locale.ROOT));
  }
}
