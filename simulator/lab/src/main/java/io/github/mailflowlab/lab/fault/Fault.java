package io.github.mailflowlab.lab.fault;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.smtp.HostBehaviour;

/**
 * One fault of the catalogue, as a value.
 *
 * @param id of the catalogue
 * @param bites the connector's setting under which it shows
 * @param dns how the host's name is answered
 * @param behaviour how the host behaves
 */
public record Fault(String id, TlsSettings bites, DnsAnswer dns, HostBehaviour behaviour) {
  /** No fault at all. */
  public static final Fault NONE = of("none", HostBehaviour.HEALTHY);

  static Fault of(String id, HostBehaviour behaviour) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, DnsAnswer.LOOPBACK, behaviour);
  }

  static Fault of(String id, DnsAnswer dns) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, dns, HostBehaviour.HEALTHY);
  }

  Fault under(TlsSettings setting) {
    return new Fault(id, setting, dns, behaviour);
  }
}
