package io.github.mailflowlab.lab;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.LabHost;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A smart host of its own name and port that has one fault, until it is repaired. Any thread may
 * call it, but for the lab's own; changes hold for every connection after the call has returned,
 * while sessions that are open go on as they began.
 */
public final class StagedFault implements AutoCloseable {
  private final Fault fault;
  private final String hostName;
  private final LabDns dns;
  private final LabHost host;
  private final Consumer<StagedFault> onClose;

  StagedFault(
      Fault fault, String hostName, LabDns dns, LabHost host, Consumer<StagedFault> onClose) {
    this.fault = fault;
    this.hostName = hostName;
    this.dns = dns;
    this.host = host;
    this.onClose = onClose;
    dns.answer(hostName, fault.dns());
  }

  /** The id in the catalogue, or {@code none}. */
  public String id() {
    return fault.id();
  }

  /** Name and port; the name resolves by the lab's DNS server, unless that is the fault. */
  public SmartHost smartHost() {
    return new SmartHost(hostName, host.port());
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
    dns.answer(hostName, DnsAnswer.LOOPBACK);
  }

  /** The fault returns. */
  public void breakAgain() {
    dns.answer(hostName, fault.dns());
    host.behave(fault.behaviour());
  }

  /** What the host stored, in order; the oldest are forgotten beyond 10,000 messages or 64 MiB. */
  public List<ReceivedMessage> received() {
    return host.received();
  }

  /** The host's last 1,000 sessions, in order, those that are open included. */
  public List<SessionRecord> sessions() {
    return host.sessions();
  }

  /** Frees the port, drops the sessions; the name does not exist any more. */
  @Override
  public void close() {
    dns.forget(hostName);
    host.close();
    onClose.accept(this);
  }
}
