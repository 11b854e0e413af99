package io.github.mailflowlab.lab;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.LabHost;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A smart host of its own name and port that has one fault, until it is repaired. Any thread may
 * call it, but for the lab's own; changes hold for every connection after the call has returned,
 * while sessions that are open go on as they began.
 */
public final class StagedFault implements AutoCloseable {
  private volatile Fault fault;
  private final String hostName;
  private final NameService names;
  private final LabHost host;
  private final Function<String, Fault> faults;
  private final Consumer<StagedFault> onClose;

  StagedFault(
      Fault fault,
      String hostName,
      NameService names,
      LabHost host,
      Function<String, Fault> faults,
      Consumer<StagedFault> onClose) {
    this.fault = fault;
    this.hostName = hostName;
    this.names = names;
    this.host = host;
    this.faults = faults;
    this.onClose = onClose;
  }

  /** The id in the catalogue, or {@code none}; of the fault that came last. */
  public String id() {
    return fault.id();
  }

  /** Name and port; the name resolves by the lab's DNS server, unless that is the fault. */
  public SmartHost smartHost() {
    return new SmartHost(hostName, host.port());
  }

  /**
   * The DNS servers to ask, in this order: the lab's, unless a server is the fault. They know the
   * names of all staged hosts.
   */
  public List<InetSocketAddress> dnsServers() {
    return names.addresses();
  }

  /**
   * The domain to send mail to over a connector without smart hosts; present where the domain's own
   * records are the fault. Repaired, its mail would go to port 25 of 127.0.0.1, since a domain has
   * no say in the port.
   */
  public Optional<String> mailDomain() {
    return Optional.of(hostName).filter(name -> fault.naming().isMailDomain());
  }

  /** The connector's setting under which the fault shows. */
  public TlsSettings tlsSettings() {
    return fault.bites();
  }

  /** What to configure as {@code TlsDomain}; present with {@code DOMAIN_VALIDATION} only. */
  public Optional<String> tlsDomain() {
    return Optional.of(fault.tlsDomain().replace(Fault.HOST, hostName))
        .filter(name -> fault.bites() == TlsSettings.DOMAIN_VALIDATION);
  }

  /** Ends the fault: the same name and port now are a healthy host. */
  public void repair() {
    host.behave(HostBehaviour.HEALTHY);
    names.behave(Naming.HEALTHY);
  }

  /** The fault returns. */
  public void breakAgain() {
    names.behave(fault.naming());
    host.behave(fault.behaviour());
  }

  /**
   * Takes on another fault, under the same name and port.
   *
   * @throws IllegalArgumentException for an id that is not among {@link Lab#faultIds}, and for a
   *     fault that has to be there from the start, because it is one of DNS servers or of a mail
   *     domain
   */
  public void breakWith(String faultId) {
    Fault next = faults.apply(faultId);
    if (next.naming().isMailDomain() || !next.naming().servers().isEmpty()) {
      throw new IllegalArgumentException(
          "faultId: " + faultId + " (expected: a fault of the host or its name; stage it instead)");
    }
    fault = next;
    breakAgain();
  }

  /** Drops the host's sessions and forgets what it saw; the fault stays. */
  public void startOver() {
    host.startOver();
  }

  /** What the host stored, in order; the oldest are forgotten beyond 10,000 messages or 64 MiB. */
  public List<ReceivedMessage> received() {
    return host.received();
  }

  /** The host's last 1,000 sessions, in order, those that are open included. */
  public List<SessionRecord> sessions() {
    return host.sessions();
  }

  /** How many connections became sessions, those that are open included. */
  public int sessionCount() {
    return host.sessionCount();
  }

  /** Frees the port, drops the sessions; the name does not exist any more. */
  @Override
  public void close() {
    names.close();
    host.close();
    onClose.accept(this);
  }
}
