package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Presence;
import io.github.mailflowlab.lab.smtp.TlsManner;
import java.time.Duration;

/**
 * One fault of the catalogue, as a value.
 *
 * @param id of the catalogue
 * @param bites the connector's setting under which it shows
 * @param naming how the host's name is looked up
 * @param behaviour how the host behaves
 * @param tlsDomain what to configure as {@code TlsDomain}, {@value #HOST} standing for its name
 */
public record Fault(
    String id, TlsSettings bites, Naming naming, HostBehaviour behaviour, String tlsDomain) {
  /** Stands for the host's name. */
  public static final String HOST = "HOST";

  /** More than an impatient client waits for, and less than a patient one. */
  static final Duration LATE = Duration.ofSeconds(4);

  /** No fault at all. */
  public static final Fault NONE = of(HEALTHY);

  /** None of the catalogue. */
  public static Fault of(HostBehaviour behaviour) {
    return host("none", behaviour);
  }

  /** The name is answered so. */
  static Fault dns(String id, DnsAnswer answer) {
    return dns(id, Naming.of(answer));
  }

  /** The name is looked up so. */
  static Fault dns(String id, Naming naming) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, naming, HEALTHY, HOST);
  }

  /** The host is reached so. */
  static Fault tcp(String id, Presence presence) {
    return host(id, HEALTHY.with(presence));
  }

  /** The host does this at that stage. */
  static Fault smtp(String id, Stage stage, Action action) {
    return host(id, HEALTHY.with(stage, action));
  }

  /** The host behaves so. */
  static Fault host(String id, HostBehaviour behaviour) {
    return new Fault(id, TlsSettings.OPPORTUNISTIC, Naming.HEALTHY, behaviour, HOST);
  }

  /** The host does this at that stage, which matters when TLS is demanded. */
  static Fault tls(String id, Stage stage, Action action) {
    return smtp(id, stage, action).under(TlsSettings.ENCRYPTION_ONLY);
  }

  /** The host does its handshake so. */
  static Fault tls(String id, TlsManner manner) {
    return host(id, HEALTHY.with(manner)).under(TlsSettings.ENCRYPTION_ONLY);
  }

  /** The host's certificate is so. */
  static Fault cert(String id, CertificateDefect defect) {
    return cert(id, new CertificatePlan.Always(defect));
  }

  /** The host's certificates are so. */
  static Fault cert(String id, CertificatePlan plan) {
    return host(id, HEALTHY.with(plan)).under(TlsSettings.CERTIFICATE_VALIDATION);
  }

  /** With a host that is reached so. */
  Fault reached(Presence presence) {
    return new Fault(id, bites, naming, behaviour.with(presence), tlsDomain);
  }

  /** With a name that is answered so. */
  Fault named(DnsAnswer answer) {
    return new Fault(id, bites, Naming.of(answer), behaviour, tlsDomain);
  }

  Fault under(TlsSettings setting) {
    return new Fault(id, setting, naming, behaviour, tlsDomain);
  }

  /** It shows where the name that matters is this one. */
  Fault whereExpected(String name) {
    return new Fault(id, TlsSettings.DOMAIN_VALIDATION, naming, behaviour, name);
  }
}
