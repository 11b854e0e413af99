package io.github.mailflowlab.lab.dns;

import java.util.List;

/**
 * How a host's name is looked up, as a value: the whole fault, as far as DNS goes.
 *
 * @param answer what the servers say about the name
 * @param servers the states of servers of the fault's own, in the order a client asks them; empty
 *     when the lab's one server does
 * @param isMailDomain whether the name is a domain that mail is for, rather than a smart host's
 */
public record Naming(DnsAnswer answer, List<ServerState> servers, boolean isMailDomain) {
  /** The lab's server gives the host's address. */
  public static final Naming HEALTHY = new Naming(DnsAnswer.HEALTHY, List.of(), false);

  public Naming {
    servers = List.copyOf(servers);
  }

  /** The lab's server says this. */
  public static Naming of(DnsAnswer answer) {
    return new Naming(answer, List.of(), false);
  }

  /** Servers like these say this. */
  public static Naming of(DnsAnswer answer, ServerState... servers) {
    return new Naming(answer, List.of(servers), false);
  }

  /** The lab's server says this of a domain that mail is for. */
  public static Naming ofMailDomain(DnsAnswer answer) {
    return new Naming(answer, List.of(), true);
  }
}
