package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.time.TaskScheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that the queue's parts work with. */
record QueuePorts(
    Spool spool,
    Transport transport,
    FailureClassifier classifier,
    InstantSource clock,
    TaskScheduler scheduler,
    EventSink events,
    Supplier<Organization> organization,
    Supplier<List<Connector>> connectors,
    QueueSettings settings,
    QueueThread thread) {

  /** Now, as precisely as the spool keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The connector of this name, if it may be used now. */
  Optional<Connector> connector(String name) {
    return connectors.get().stream()
        .filter(connector -> connector.name().equals(name) && connector.enabled())
        .findFirst();
  }
}
