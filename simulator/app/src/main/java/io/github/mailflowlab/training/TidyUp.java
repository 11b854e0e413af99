package io.github.mailflowlab.training;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageOperation;
import io.github.mailflowlab.queue.Order;
import io.github.mailflowlab.tenant.Edit.Target;
import java.time.Duration;
import java.util.Optional;

/** Takes back what a learner did to the node. The servers are not its business. */
record TidyUp(Facts facts, LabClock clock) {
  private static final Order ORDER = new Order("training", Optional.of("The lesson begins anew"));

  /** Returns when no mail waits, and connectors and domains are as in the lesson. */
  void everything() {
    facts.alerts().alerts().stream()
        .map(Alert::id)
        .forEach(id -> facts.tenant().unfix(id, ORDER.by(), ORDER.reason()));
    for (Target target : Target.values()) {
      facts.tenant().shown(target).stream()
          .filter(TidyUp::isChanged)
          .forEach(one -> facts.tenant().reset(target, one.name()));
    }
    for (ConfiguredDocument connector : facts.tenant().shown(Target.CONNECTOR)) {
      facts.queue().suspendConnector(connector.name(), false, ORDER).toCompletableFuture().join();
    }
    facts.queue().operateOnAll(MessageFilter.ALL, MessageOperation.REMOVE, ORDER);
    clock.advance(Duration.ZERO).toCompletableFuture().join();
  }

  private static boolean isChanged(ConfiguredDocument one) {
    return !one.inFile() || !one.overridden().isEmpty() || !one.pending().isEmpty();
  }
}
