package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Dealing;
import io.github.mailflowlab.lab.smtp.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An order at a host, with its memory. Decisions are the host's event loop's alone, and in {@link
 * Scope#NETWORK} the DNS server's; any thread may ask for the report.
 */
final class GivenOrder {
  private final FaultOrder order;
  private final long number;
  private final Effect effect;
  private final Deed deed;
  private final Instant given;
  private final InstantSource clock;
  private final Random random;
  private final Deque<Instant> passed = new ArrayDeque<>();
  private final AtomicLong reached = new AtomicLong();
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong acted = new AtomicLong();
  private volatile @Nullable String nearMiss;
  private volatile boolean takenAway;

  /**
   * An order given now.
   *
   * @param number later orders have greater ones
   * @param seed of its chance, and of nothing else's
   */
  GivenOrder(FaultOrder order, long number, InstantSource clock, long seed) {
    this.order = order;
    this.number = number;
    this.effect = order.effect();
    this.deed = effect.doing().begin(clock);
    this.given = clock.instant();
    this.clock = clock;
    this.random = new Random(seed);
  }

  FaultOrder order() {
    return order;
  }

  long number() {
    return number;
  }

  Effect effect() {
    return effect;
  }

  Instant given() {
    return given;
  }

  void takeAway() {
    takenAway = true;
  }

  boolean isOver(Instant now) {
    return takenAway || end().filter(end -> !now.isBefore(end)).isPresent();
  }

  private Optional<Instant> end() {
    return order.ttl().map(given::plus);
  }

  boolean isTime(Instant now) {
    return !isOver(now) && order.when().isTime(given, now);
  }

  /** When {@link #isTime} may change next. */
  Optional<Instant> nextChange(Instant now) {
    Optional<Instant> end = end().filter(instant -> instant.isAfter(now));
    Optional<Instant> change = order.when().nextChange(given, now);
    return change.filter(instant -> end.filter(instant::isAfter).isEmpty()).or(() -> end);
  }

  /** It acts by being there. */
  void noteUse() {
    reached.incrementAndGet();
    matched.incrementAndGet();
    acted.incrementAndGet();
  }

  /** Whether it acts on the connection that is being accepted. */
  boolean actsOn(Dealing dealing) {
    boolean acts = isDue(dealing);
    if (acts) {
      acted.incrementAndGet();
    }
    return acts;
  }

  /** In a turn at its stage: what it does if it acts, or else what those below do. */
  Action over(Action below) {
    return turn -> act(turn, below).orElse(below).perform(turn);
  }

  /** What it does at a stage in a session of which it was decided that it acts. */
  Action standing(Stage stage) {
    return effect.behaviour().script().getOrDefault(stage, Action.OBEY);
  }

  private Optional<Action> act(Turn turn, Action below) {
    Optional<Action> action = isDue(turn.dealing()) ? deed.act(turn, below) : Optional.empty();
    if (action.isPresent()) {
      acted.incrementAndGet();
      turn.fault(order.id());
    }
    return action;
  }

  private boolean isDue(Dealing dealing) {
    Instant now = clock.instant();
    if (!isTime(now)) {
      return false;
    }
    reached.incrementAndGet();
    Optional<String> mismatch = order.who().mismatch(dealing);
    if (mismatch.isPresent()) {
      nearMiss = mismatch.get();
      return false;
    }
    return isTurnOf(matched.incrementAndGet(), now);
  }

  private boolean isTurnOf(long number, Instant now) {
    When when = order.when();
    return number > when.after()
        && (number - when.after() - 1) % when.every() == 0
        && when.quota().map(quota -> isBeyond(quota, now)).orElse(true)
        && (when.chance() == 1 || random.nextDouble() < when.chance())
        && when.times().map(times -> acted.get() < times).orElse(true);
  }

  /** Whom it lets pass counts against the quota, and nobody else. */
  private boolean isBeyond(Quota quota, Instant now) {
    Instant start = now.minus(quota.window());
    while (!passed.isEmpty() && !passed.getFirst().isAfter(start)) {
      passed.removeFirst();
    }
    if (passed.size() >= quota.count()) {
      return true;
    }
    passed.addLast(now);
    return false;
  }

  OrderReport report() {
    boolean isCounted =
        effect.scope() != Scope.NETWORK || !effect.behaviour().presence().isElsewhere();
    return new OrderReport(
        order,
        given,
        reached.get(),
        matched.get(),
        acted.get(),
        Optional.ofNullable(nearMiss),
        isCounted);
  }
}
