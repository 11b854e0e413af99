package io.github.mailflowlab.lab.dns;

import java.util.List;

/**
 * How a host's name is looked up, as a value: the whole fault, as far as DNS goes.
 *
 * @param answer what the servers say about the name
 * @param servers the states of servers of the fault's own, in the order a client asks them; empty
 *     when the lab's one server does
 * @param isMailDomain whether the name is a domain that mail is for, rather than a smart host's
 * @param needs what this machine has to be like for the fault to show
 */
public record Naming(
    DnsAnswer answer, List<ServerState> servers, boolean isMailDomain, Needs needs) {
  /** What a machine has to be like. */
  public enum Needs {
    NOTHING,
    /** {@value #NOWHERE} cannot be connected to, and the machine says so at once. */
    NO_ROUTE_TO_NOWHERE,
    /** No IPv6 but that of loopback and of links. */
    NO_IPV6
  }

  /** Loopback's broadcast address: it leaves no machine, and nobody can connect to it. */
  public static final String NOWHERE = "127.255.255.255";

  /** The lab's server gives the host's address. */
  public static final Naming HEALTHY =
      new Naming(DnsAnswer.HEALTHY, List.of(), false, Needs.NOTHING);

  public Naming {
    servers = List.copyOf(servers);
  }

  /** The lab's server says this. */
  public static Naming of(DnsAnswer answer) {
    return new Naming(answer, List.of(), false, Needs.NOTHING);
  }

  /** Servers like these say this. */
  public static Naming of(DnsAnswer answer, ServerState... servers) {
    return new Naming(answer, List.of(servers), false, Needs.NOTHING);
  }

  /** The lab's server says this of a domain that mail is for. */
  public static Naming ofMailDomain(DnsAnswer answer) {
    return new Naming(answer, List.of(), true, Needs.NOTHING);
  }

  /** The same, on a machine like that. */
  public Naming where(Needs other) {
    return new Naming(answer, servers, isMailDomain, other);
  }
}
