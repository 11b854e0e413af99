package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.queue.ndr.AdminTime;
import java.time.Instant;
import java.util.Optional;

/** The text of a Defer event in a message trace (exchange-online-behaviour 1.3). */
final class TraceDetail {
  private TraceDetail() {}

  static String deferred(LastError error, Instant time) {
    Optional<Destination> destination = error.destination();
    String name = destination.map(Destination::serverName).orElse("");
    String ip = destination.flatMap(Destination::ip).orElse("");
    return "Reason: [{LED="
        + error
        + "};{MSG="
        + error.detail().orElse("")
        + "};{FQDN="
        + name
        + "};{IP="
        + ip
        + "};{LRT="
        + AdminTime.format(time)
        + "}]. OutboundProxyTargetIP: "
        + ip
        + ". OutboundProxyTargetHostName: "
        + name;
  }
}
