package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.config.TlsSettings.DOMAIN_VALIDATION;
import static io.github.mailflowlab.lab.fault.Fault.HOST;
import static io.github.mailflowlab.lab.fault.Fault.cert;

import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.time.Duration;
import java.util.List;

/** The certificates (failure-catalogue 8.2). */
final class CertificateFaults {
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(30);

  private CertificateFaults() {}

  static List<Fault> rows() {
    return List.of(
        cert("cert.good", CertificateDefect.NONE),
        cert("cert.expired", CertificateDefect.EXPIRED),
        cert("cert.not-yet", CertificateDefect.NOT_YET_VALID),
        cert("cert.inter-expired", CertificateDefect.INTERMEDIATE_EXPIRED),
        cert("cert.root-expired", CertificateDefect.ROOT_EXPIRED),
        cert("cert.self-signed", CertificateDefect.SELF_SIGNED),
        cert("cert.untrusted-root", CertificateDefect.UNTRUSTED_ROOT),
        cert("cert.missing-inter", CertificateDefect.MISSING_INTERMEDIATE),
        cert("cert.disorder", CertificateDefect.DISORDER),
        cert("cert.extra", CertificateDefect.EXTRA),
        cert("cert.name", CertificateDefect.OTHER_NAME).under(DOMAIN_VALIDATION),
        cert("cert.san-wins", CertificateDefect.OTHER_DNS_NAME).under(DOMAIN_VALIDATION),
        cert("cert.cn-only", CertificateDefect.CN_ONLY),
        cert("cert.no-name", CertificateDefect.NO_NAME).under(DOMAIN_VALIDATION),
        cert("cert.wild", CertificateDefect.WILDCARD),
        cert("cert.wild-deep", CertificateDefect.WILDCARD).whereExpected("mail." + HOST),
        cert("cert.wild-apex", CertificateDefect.WILDCARD_BELOW).under(DOMAIN_VALIDATION),
        cert("cert.wild-part", CertificateDefect.WILDCARD_PART).under(DOMAIN_VALIDATION),
        cert("cert.wild-tld", CertificateDefect.WILDCARD_ABOVE).whereExpected("contoso.example"),
        cert("cert.rsa1024", CertificateDefect.RSA_1024),
        withoutTls13(cert("cert.rsa512", CertificateDefect.RSA_512)),
        cert("cert.sha1", CertificateDefect.SHA_1),
        cert("cert.md5", CertificateDefect.MD_5),
        cert("cert.eku-client", CertificateDefect.FOR_CLIENTS),
        cert("cert.no-eku", CertificateDefect.FOR_ANYTHING),
        cert("cert.not-ca", CertificateDefect.NOT_AUTHORITY),
        cert("cert.name-constraint", CertificateDefect.NAME_CONSTRAINT),
        cert("cert.revoked-crl", CertificateDefect.LISTED_REVOKED),
        cert("cert.revoked-ocsp", CertificateDefect.ANSWERED_REVOKED),
        cert("cert.crl-down", CertificateDefect.LIST_DOWN),
        cert("cert.ocsp-down", CertificateDefect.RESPONDER_DOWN),
        cert("cert.one-of-two", new CertificatePlan.EverySecond(CertificateDefect.OTHER_NAME))
            .under(DOMAIN_VALIDATION),
        cert(
            "cert.renewed",
            new CertificatePlan.RenewedAfter(RENEWED_AFTER, CertificateDefect.EXPIRED)),
        cert("cert.skew", CertificateDefect.OF_TOMORROW));
  }

  private static Fault withoutTls13(Fault fault) {
    HostBehaviour behaviour = fault.behaviour().withoutTls13();
    return new Fault(fault.id(), fault.bites(), fault.naming(), behaviour, fault.tlsDomain());
  }
}
