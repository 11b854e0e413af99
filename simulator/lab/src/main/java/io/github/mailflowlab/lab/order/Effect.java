package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.util.Map;
import java.util.Optional;

/**
 * What an order makes of a healthy host.
 *
 * @param scope when it is decided whether it acts
 * @param naming how the name is looked up
 * @param behaviour the rest, but for a single stage
 * @param stage that single stage; present in {@link Scope#STAGE} only
 * @param doing what is done there; does nothing in the other scopes
 */
record Effect(
    Scope scope, Naming naming, HostBehaviour behaviour, Optional<Stage> stage, Verb.Doing doing) {
  private static final Verb.Doing NOTHING = clock -> (turn, below) -> Optional.empty();

  /** That of a fault of the catalogue. */
  static Effect of(Fault fault) {
    boolean isNetwork =
        !fault.naming().equals(Naming.HEALTHY) || fault.behaviour().presence().isElsewhere();
    return isNetwork
        ? new Effect(Scope.NETWORK, fault.naming(), fault.behaviour(), Optional.empty(), NOTHING)
        : of(fault.behaviour());
  }

  /** That of a host like this. */
  static Effect of(HostBehaviour behaviour) {
    Map<Stage, Action> script = behaviour.script();
    boolean isElsewhere = behaviour.presence().isElsewhere();
    if (script.size() == 1 && behaviour.with(Map.of()).equals(HostBehaviour.HEALTHY)) {
      Map.Entry<Stage, Action> only = script.entrySet().iterator().next();
      return at(only.getKey(), only.getValue());
    }
    return connection(isElsewhere ? Scope.NETWORK : Scope.CONNECTION, behaviour);
  }

  private static Effect connection(Scope scope, HostBehaviour behaviour) {
    return new Effect(scope, Naming.HEALTHY, behaviour, Optional.empty(), NOTHING);
  }

  /** This action at that stage. A handshake is prepared for when the connection is accepted. */
  static Effect at(Stage stage, Action action) {
    return stage == Stage.TLS
        ? connection(Scope.CONNECTION, HostBehaviour.HEALTHY.with(stage, action))
        : doing(stage, clock -> (turn, below) -> Optional.of(action));
  }

  /** This deed at that stage. */
  static Effect doing(Stage stage, Verb.Doing doing) {
    return new Effect(
        Scope.STAGE, Naming.HEALTHY, HostBehaviour.HEALTHY, Optional.of(stage), doing);
  }
}
