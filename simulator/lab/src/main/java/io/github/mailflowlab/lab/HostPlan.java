package io.github.mailflowlab.lab;

import io.github.mailflowlab.lab.order.AddressFaults;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.mail.DomainName;
import java.time.Duration;
import java.util.List;

/**
 * A host of a name of one's choice, before it is started.
 *
 * @param name in any domain, as the lab's DNS server answers it
 * @param address on loopback, such as {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param mailDomains the domains whose mail it takes: their MX records name it
 * @param without the extensions it knows nothing of, such as {@code DSN}
 * @param addresses whether recipients may ask for faults by their local part, such as {@code
 *     450-4.2.1@}
 * @param ttl how long its address may be kept; a change shows only once that has passed
 * @param faults what is wrong with it from the beginning, the lowest first
 */
public record HostPlan(
    DomainName name,
    String address,
    int port,
    List<DomainName> mailDomains,
    List<String> without,
    boolean addresses,
    Duration ttl,
    List<FaultOrder> faults) {
  private static final int MAX_PORT = 65_535;

  public HostPlan {
    mailDomains = List.copyOf(mailDomains);
    without = List.copyOf(without);
    faults = List.copyOf(faults);
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to " + MAX_PORT + ")");
    }
    if (!isLoopback(address)) {
      throw new IllegalArgumentException("address: " + address + " (expected: 127.x.y.z)");
    }
    if (ttl.isNegative() || ttl.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("ttl: " + ttl + " (expected: none or more)");
    }
  }

  /** A healthy host at the usual address, whose name is never kept. */
  public static HostPlan of(String name, int port) {
    return new HostPlan(
        DomainName.of(name),
        "127.0.0.1",
        port,
        List.of(),
        List.of(),
        false,
        Duration.ZERO,
        List.of());
  }

  /** What a host can be without. */
  public static List<String> extensions() {
    return HostBehaviour.HEALTHY.extensions().keywords();
  }

  /** Whether a host can be there. */
  public static boolean isLoopback(String address) {
    return address.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  }

  public HostPlan withMailOf(String... domains) {
    return new HostPlan(
        name,
        address,
        port,
        List.of(domains).stream().map(DomainName::of).toList(),
        without,
        addresses,
        ttl,
        faults);
  }

  public HostPlan withFaults(List<FaultOrder> other) {
    return new HostPlan(name, address, port, mailDomains, without, addresses, ttl, other);
  }

  /** At another address on loopback, where it may have the port of another host. */
  public HostPlan at(String other) {
    return new HostPlan(name, other, port, mailDomains, without, addresses, ttl, faults);
  }

  /** With a name that may be kept so long. */
  public HostPlan withTtl(Duration other) {
    return new HostPlan(name, address, port, mailDomains, without, addresses, other, faults);
  }

  /** With faults that recipients ask for. */
  public HostPlan withAddresses() {
    return new HostPlan(name, address, port, mailDomains, without, true, ttl, faults);
  }

  HostBehaviour behaviour() {
    HostBehaviour host = HostBehaviour.HEALTHY.without(without.toArray(String[]::new));
    return addresses ? AddressFaults.at(host) : host;
  }
}
