package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Presence;

/**
 * One fault of the catalogue, as a value.
 *
 * @param id of the catalogue
 * @param bites the connector's setting under which it shows
 * @param dns how the host's name is answered
 * @param behaviour how the host behaves
 * @param tlsDomain what to configure as {@code TlsDomain}, {@value #HOST} standing for its name
 */
public record Fault(
    String id, TlsSettings bites, DnsAnswer dns, HostBehaviour behaviour, String tlsDomain) {
  /** Stands for the host's name. */
  public static final String HOST = "HOST";

  /** No fault at all. */
  public static final Fault NONE =
      new Fault("none", TlsSettings.OPPORTUNISTIC, DnsAnswer.LOOPBACK, HEALTHY, HOST);

  /** No fault either: TLS 1.2 is good enough. */
  public static final Fault NONE_WITH_TLS_12 =
      new Fault(
          "none", TlsSettings.OPPORTUNISTIC, DnsAnswer.LOOPBACK, HEALTHY.withoutTls13(), HOST);

  /** The name is answered so. */
  static Fault dns(String id, DnsAnswer answer) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, answer, HEALTHY, HOST);
  }

  /** The port is so. */
  static Fault tcp(String id, Presence presence) {
    return host(id, HEALTHY.with(presence));
  }

  /** The host does this at that stage. */
  static Fault smtp(String id, Stage stage, Action action) {
    return host(id, HEALTHY.with(stage, action));
  }

  /** The host behaves so. */
  static Fault host(String id, HostBehaviour behaviour) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, DnsAnswer.LOOPBACK, behaviour, HOST);
  }

  /** The host does this at that stage, which matters when TLS is demanded. */
  static Fault tls(String id, Stage stage, Action action) {
    return smtp(id, stage, action).under(TlsSettings.ENCRYPTION_ONLY);
  }

  /** The host's certificate is so. */
  static Fault cert(String id, CertificateDefect defect) {
    return cert(id, new CertificatePlan.Always(defect));
  }

  /** The host's certificates are so. */
  static Fault cert(String id, CertificatePlan plan) {
    return host(id, HEALTHY.with(plan)).under(TlsSettings.CERTIFICATE_VALIDATION);
  }

  Fault under(TlsSettings setting) {
    return new Fault(id, setting, dns, behaviour, tlsDomain);
  }

  /** It shows where the name that matters is this one. */
  Fault whereExpected(String name) {
    return new Fault(id, TlsSettings.DOMAIN_VALIDATION, dns, behaviour, name);
  }
}
