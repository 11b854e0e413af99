package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.smtp.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fault that a host is given: where, what, who, when and for how long. Either {@code id} is one
 * of the catalogue and says where and what, or both are said in words and {@code id} is a name of
 * one's own. Immutable; a host keeps the count.
 *
 * @param id of the catalogue, or one's own
 * @param where the stage of an order of one's own; {@code CONNECT} for who listens
 * @param what is done there: a word and perhaps more, such as {@code reply 450 4.2.1 Mailbox busy}
 * @param who it is about
 * @param when it acts
 * @param ttl how long it is there, on the lab's clock; empty for as long as nobody takes it away
 */
public record FaultOrder(
    String id,
    Optional<Stage> where,
    Optional<String> what,
    Who who,
    When when,
    Optional<Duration> ttl) {
  public FaultOrder {
    List<ConfigProblem> problems = OrderRules.problems(id, where, what, who, when);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("order: " + problems);
    }
  }

  /**
   * A fault of the catalogue, for everybody and always.
   *
   * @throws IllegalArgumentException for an id that no order can have
   */
  public static FaultOrder of(String id) {
    return new FaultOrder(
        id, Optional.empty(), Optional.empty(), Who.ANYBODY, When.ALWAYS, Optional.empty());
  }

  /**
   * An order of one's own, for everybody and always, named after its two parts.
   *
   * @throws IllegalArgumentException when that is not understood, or not allowed there
   */
  public static FaultOrder at(Stage where, String what) {
    return new FaultOrder(
        OrderRules.standardId(where, what),
        Optional.of(where),
        Optional.of(what),
        Who.ANYBODY,
        When.ALWAYS,
        Optional.empty());
  }

  /**
   * Reads an order as it is written in YAML, JSON and on the command line; what it says is there
   * under the key, for example {@code id}, {@code who.recipient}, {@code when.times}.
   *
   * @return the order, or every problem with it, each at its key
   */
  public static Checked<FaultOrder> check(Map<String, String> written) {
    return new OrderReader(written).read();
  }

  /** The keys that {@link #check} knows, in the order in which they are written. */
  public static List<String> keys() {
    return OrderReader.KEYS;
  }

  /** As {@link #check} reads it. */
  public Map<String, String> written() {
    return OrderReader.write(this);
  }

  public FaultOrder named(String other) {
    return new FaultOrder(other, where, what, who, when, ttl);
  }

  public FaultOrder about(Who other) {
    return new FaultOrder(id, where, what, other, when, ttl);
  }

  public FaultOrder when(When other) {
    return new FaultOrder(id, where, what, who, other, ttl);
  }

  public FaultOrder lasting(Duration other) {
    return new FaultOrder(id, where, what, who, when, Optional.of(other));
  }

  /** Who listens while it is in force. */
  public Presence presence() {
    return effect().behaviour().presence();
  }

  /** What this machine has to be like. */
  public Naming.Needs needs() {
    return effect().naming().needs();
  }

  /** Whether it begins or ends by itself. */
  public boolean isTimed() {
    return ttl.isPresent()
        || when.from().isPresent()
        || when.until().isPresent()
        || when.daily().isPresent();
  }

  /** Whether it is about the domains whose mail the host takes, rather than about the host. */
  public boolean isOfMailDomain() {
    return effect().naming().isMailDomain();
  }

  Effect effect() {
    return OrderRules.effect(id, where, what)
        .orElseThrow(() -> new AssertionError("checked when made: " + this));
  }
}
