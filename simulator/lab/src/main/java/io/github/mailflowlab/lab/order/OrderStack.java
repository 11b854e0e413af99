package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Casting;
import io.github.mailflowlab.lab.smtp.Dealing;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Presence;
import io.github.mailflowlab.lab.smtp.Turn;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The orders a host has, one upon the other: where two say something of the same thing, the later
 * one acts, and if it does not, the one below.
 *
 * <p>What can be told only when a connection is accepted is decided then and stays so for that
 * session. What belongs to one stage is decided at each turn, so that an order for a stage acts at
 * once, in sessions that are open too, and one that is taken away no longer does.
 *
 * <p>Whoever gives orders takes turns with the others; the host's event loop reads what they have
 * left.
 */
public final class OrderStack implements Casting {
  /** More than anybody can keep in mind. */
  public static final int MAX_ORDERS = 100;

  private static final int MAX_PAST = 1_000;

  private final HostBehaviour base;
  private final InstantSource clock;
  private final long seed;
  private final Part idle;
  private final Deque<GivenOrder> past = new ArrayDeque<>();
  private volatile List<GivenOrder> orders = List.of();
  private long lastNumber;

  /**
   * A stack without orders.
   *
   * @param base the host as it is then
   * @param seed of what is left to chance, this host's own
   */
  public OrderStack(HostBehaviour base, InstantSource clock, long seed) {
    this.base = base;
    this.clock = clock;
    this.seed = seed;
    this.idle = new Part(playing(base, List.of()), clock.instant(), List.of());
  }

  /**
   * Puts an order on top.
   *
   * @throws IllegalArgumentException when there are {@value #MAX_ORDERS} already
   */
  public void add(FaultOrder order) {
    List<GivenOrder> kept = current(clock.instant());
    if (kept.size() >= MAX_ORDERS) {
      throw new IllegalArgumentException("orders: expected: at most " + MAX_ORDERS + " at a host");
    }
    lastNumber++;
    kept.add(new GivenOrder(order, lastNumber, clock, 31 * seed + lastNumber));
    replace(kept);
  }

  /** Takes the orders with that id away; whether there were any. */
  public boolean remove(String id) {
    List<GivenOrder> kept = current(clock.instant());
    boolean removed = kept.removeIf(given -> given.order().id().equals(id));
    replace(kept);
    return removed;
  }

  /** Takes all orders away. */
  public void clear() {
    replace(List.of());
  }

  /** Forgets the orders that are gone, and what became of them. */
  public void forgetPast() {
    past.clear();
  }

  private List<GivenOrder> current(Instant now) {
    List<GivenOrder> current = new ArrayList<>(orders);
    current.removeIf(given -> given.isOver(now));
    return current;
  }

  private void replace(List<GivenOrder> kept) {
    for (GivenOrder given : orders) {
      if (!kept.contains(given)) {
        given.takeAway();
        past.addLast(given);
      }
    }
    while (past.size() > MAX_PAST) {
      past.removeFirst();
    }
    orders = List.copyOf(kept);
  }

  /** The orders that have not run out, the lowest first. */
  public List<OrderReport> reports() {
    Instant now = clock.instant();
    return orders.stream().filter(given -> !given.isOver(now)).map(GivenOrder::report).toList();
  }

  /** Those and the last {@value #MAX_PAST} that are gone. */
  public List<OrderReport> allReports() {
    return Stream.of(past, orders).flatMap(Collection::stream).map(GivenOrder::report).toList();
  }

  /** Who listens now. */
  public Presence presence() {
    Presence presence = Presence.LISTENING;
    for (GivenOrder given : inForce(Scope.NETWORK)) {
      presence = given.effect().behaviour().presence().upon(presence);
    }
    return presence;
  }

  /** When {@link #presence} may change by itself. */
  public Optional<Instant> nextChange() {
    Instant now = clock.instant();
    return orders.stream()
        .filter(given -> given.effect().behaviour().presence().isElsewhere())
        .flatMap(given -> given.nextChange(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** How the host's name is answered; looks at the orders at each question. */
  public DnsAnswer answer() {
    return answer(false, DnsAnswer.HEALTHY);
  }

  /** How a domain is answered whose mail the host takes. */
  public DnsAnswer answerForMail(DnsAnswer usual) {
    return answer(true, usual);
  }

  private DnsAnswer answer(boolean isMailDomain, DnsAnswer usual) {
    return question -> {
      DnsAnswer answer = usual;
      for (GivenOrder given : inForce(Scope.NETWORK)) {
        Naming naming = given.effect().naming();
        if (!naming.equals(Naming.HEALTHY) && naming.isMailDomain() == isMailDomain) {
          given.noteUse();
          answer = naming.answer();
        }
      }
      return answer.reply(question);
    };
  }

  private List<GivenOrder> inForce(Scope scope) {
    Instant now = clock.instant();
    return orders.stream()
        .filter(given -> given.effect().scope() == scope && given.isTime(now))
        .toList();
  }

  @Override
  public Part part(InetAddress client) {
    List<GivenOrder> acting = new ArrayList<>();
    for (GivenOrder given : orders) {
      if (given.effect().scope() == Scope.CONNECTION && given.actsOn(Dealing.with(client))) {
        acting.add(given);
      }
    }
    if (acting.isEmpty()) {
      return idle;
    }
    HostBehaviour behaviour = base;
    Instant since = idle.since();
    for (GivenOrder given : acting) {
      HostBehaviour next = given.effect().behaviour().upon(behaviour);
      since = next.certificate().equals(behaviour.certificate()) ? since : given.given();
      behaviour = next;
    }
    List<String> ids = acting.stream().map(given -> given.order().id()).distinct().toList();
    return new Part(playing(behaviour, List.copyOf(acting)), since, ids);
  }

  /** A host that asks the orders at each turn, but for the handshake. */
  private HostBehaviour playing(HostBehaviour behaviour, List<GivenOrder> acting) {
    Map<Stage, Action> script = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Action usual = base.script().getOrDefault(stage, Action.OBEY);
      script.put(stage, turn -> play(turn, stage, acting, usual));
    }
    script.remove(Stage.TLS);
    Optional.ofNullable(behaviour.script().get(Stage.TLS))
        .ifPresent(action -> script.put(Stage.TLS, action));
    return behaviour.with(script);
  }

  private void play(Turn turn, Stage stage, List<GivenOrder> acting, Action usual) {
    List<GivenOrder> now = orders;
    if (now.isEmpty() && acting.isEmpty()) {
      usual.perform(turn);
    } else {
      layers(now, acting, stage, usual).perform(turn);
    }
  }

  /** From below, in the order in which they were given. */
  private static Action layers(
      List<GivenOrder> now, List<GivenOrder> acting, Stage stage, Action usual) {
    List<GivenOrder> layers = new ArrayList<>();
    now.stream().filter(given -> isAt(given, stage)).forEach(layers::add);
    acting.stream()
        .filter(given -> given.effect().behaviour().script().containsKey(stage))
        .forEach(layers::add);
    layers.sort(Comparator.comparing(GivenOrder::number));
    Action action = usual;
    for (GivenOrder given : layers) {
      action = isAt(given, stage) ? given.over(action) : given.standing(stage);
    }
    return action;
  }

  private static boolean isAt(GivenOrder given, Stage stage) {
    return given.effect().stage().filter(stage::equals).isPresent();
  }
}
