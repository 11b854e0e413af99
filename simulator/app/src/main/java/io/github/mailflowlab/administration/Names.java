package io.github.mailflowlab.administration;

import io.github.mailflowlab.document.DnsDocument;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The address records of hosts. Only who moves names by this sees where they lead. Any thread. */
final class Names {
  /** How the ids of faults of names begin. */
  static final String FAULTS = "dns.";

  private static final String GONE = "dns.nxdomain";

  private final Map<String, List<String>> moved = new ConcurrentHashMap<>();

  DnsDocument show(NamedHost host) {
    List<String> faults = faults(host);
    if (faults.isEmpty()) {
      return new DnsDocument(host.name(), "A", addresses(host), "ok");
    }
    return new DnsDocument(
        host.name(), "A", List.of(), faults.contains(GONE) ? "missing" : Knob.FAULTY);
  }

  private List<String> addresses(NamedHost host) {
    return moved.getOrDefault(host.name(), List.of(host.plan().address()));
  }

  /** The name leads there, once old answers are forgotten, and nothing is wrong with it. */
  void set(NamedHost host, List<String> addresses) {
    if (!addresses(host).equals(addresses)) {
      host.moveName(addresses);
      moved.put(host.name(), List.copyOf(addresses));
    }
    faults(host).forEach(host::remove);
  }

  /** The name does not exist any more. */
  void remove(NamedHost host) {
    if (!faults(host).contains(GONE)) {
      host.add(FaultOrder.of(GONE));
    }
  }

  private static List<String> faults(NamedHost host) {
    return host.faults().stream()
        .map(OrderReport::order)
        .map(FaultOrder::id)
        .filter(id -> id.startsWith(FAULTS))
        .toList();
  }
}
