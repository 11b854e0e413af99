package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.order.OrderReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells of faults that were armed and never met: what came near, and what to do. */
final class UnmetFaults {
  private UnmetFaults() {}

  static Optional<AssertionError> among(List<SmartHost> hosts) {
    List<String> lines = new ArrayList<>();
    for (SmartHost host : hosts) {
      host.neverMet().forEach(report -> lines.add(line(host, report)));
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AssertionError(
                "Expected the faults to be met, but these were not"
                    + " (where that is meant: @Faulty(mayBeMissed = true) or SmartHost.mayMiss):"
                    + String.join("", lines)));
  }

  private static String line(SmartHost host, OrderReport report) {
    return "\n  "
        + report.order().id()
        + " at "
        + host
        + ": "
        + (report.reached() == 0
            ? "nobody got there"
            : "got there " + report.reached() + " times, meant " + report.matched() + " times")
        + report.nearMiss().map(why -> ", at last not " + why).orElse("")
        + "; "
        + sessions(host.sessions());
  }

  private static String sessions(List<SessionRecord> sessions) {
    if (sessions.isEmpty()) {
      return "no session";
    }
    SessionRecord last = sessions.get(sessions.size() - 1);
    return sessions.size() + " sessions, the last one got to " + last.reached().id();
  }
}
