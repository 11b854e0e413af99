package io.github.mailflowlab.environment;

import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code hosts}: the lab's mail servers, and what is wrong with them. */
public final class HostsSection {
  /** Each takes a port and some memory. */
  private static final int MOST_HOSTS = 200;

  private static final int MAX_PORT = 65_535;
  private static final Duration LONGEST_TTL = Duration.ofDays(7);

  private HostsSection() {}

  /** The hosts that are right, each name and each place once; the sections have the problems. */
  public static List<HostPlan> read(List<Section> items) {
    List<HostPlan> plans = new ArrayList<>();
    Set<DomainName> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (Section item : items) {
      Optional<HostPlan> plan = host(item);
      if (plan.isPresent()) {
        plans.add(plan.get());
        if (!names.add(plan.get().name())) {
          item.problem("name", "\"" + plan.get().name() + "\" is there twice");
        }
        String place = plan.get().address() + ":" + plan.get().port();
        if (plan.get().port() != 0 && !places.add(place)) {
          item.problem("port", place + " is there twice (expected: another port or address)");
        }
      }
      if (plans.size() > MOST_HOSTS) {
        item.problem("name", "expected: at most " + MOST_HOSTS + " hosts");
        return plans;
      }
    }
    return plans;
  }

  private static Optional<HostPlan> host(Section item) {
    if (!item.has("name")) {
      item.problem("name", "missing (expected: a host name)");
    }
    Optional<DomainName> name = item.parsed("name", DomainName::parse, "a host name");
    int port = item.integer("port", 1, MAX_PORT).orElse(0);
    String address =
        item.parsed("address", HostsSection::loopback, "127.x.y.z").orElse("127.0.0.1");
    List<DomainName> domains =
        item.parsedList("mailDomains", DomainName::parse, "a domain").orElse(List.of());
    List<String> without = without(item);
    boolean addresses = item.flag("addresses").orElse(false);
    Duration ttl = item.duration("ttl", Duration.ZERO, LONGEST_TTL).orElse(Duration.ZERO);
    List<FaultOrder> faults = FaultSection.readAll(item.sections("faults").orElse(List.of()));
    item.rejectUnknown();
    if (domains.isEmpty() && faults.stream().anyMatch(FaultOrder::isOfMailDomain)) {
      item.problem("mailDomains", "missing (expected: the domain that one of the faults is about)");
    }
    return name.map(
        given -> new HostPlan(given, address, port, domains, without, addresses, ttl, faults));
  }

  private static Optional<String> loopback(String text) {
    return Optional.of(text).filter(HostPlan::isLoopback);
  }

  private static List<String> without(Section item) {
    List<String> known = HostPlan.extensions();
    List<String> kept = new ArrayList<>();
    for (String keyword : item.texts("without").orElse(List.of())) {
      if (known.contains(keyword) && !kept.contains(keyword)) {
        kept.add(keyword);
      } else {
        item.problem(
            "without",
            "\""
                + keyword
                + "\" (expected: some of "
                + String.join(", ", known)
                + ", each once)"
                + NearestWords.hint(keyword, known));
      }
    }
    return kept;
  }
}
