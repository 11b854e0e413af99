package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains are judged by the JDK's PKIX validator at the lab's time. */
@ExtendWith(LabExtension.class)
final class CertificateTest {
  private final Lab lab;

  CertificateTest(Lab lab) {
    this.lab = lab;
  }

  /** Chain length, verdict, index of the certificate at fault, DNS name in the leaf. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "none,                2, good,            -1, HOST",
    "cert.good,           2, good,            -1, HOST",
    "cert.expired,        2, EXPIRED,          0, HOST",
    "cert.not-yet,        2, NOT_YET_VALID,    0, HOST",
    "cert.inter-expired,  2, EXPIRED,          1, HOST",
    "cert.self-signed,    1, NO_TRUST_ANCHOR, -1, HOST",
    "cert.untrusted-root, 2, NO_TRUST_ANCHOR, -1, HOST",
    "cert.missing-inter,  1, NO_TRUST_ANCHOR, -1, HOST",
    "cert.name,           2, good,            -1, server1.corp.example",
    "cert.cn-only,        2, good,            -1, no SAN",
    "cert.wild,           2, good,            -1, *.lab.example"
  })
  void presentsTheDefectAndNoOther(
      String id, int length, String verdict, int culprit, String dnsName) throws Exception {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id)) {
      List<X509Certificate> chain = presented(fault);
      String host = fault.smartHost().host();
      assertThat(chain).hasSize(length);
      assertThat(verdict(chain, lab.trust())).isEqualTo(verdict + " " + culprit);
      assertThat(dnsName(chain.get(0))).isEqualTo(dnsName.replace("HOST", host));
      if (!id.equals("cert.name") && !id.equals("cert.wild")) {
        assertThat(chain.get(0).getSubjectX500Principal().getName()).isEqualTo("CN=" + host);
      }
    }
  }

  @Test
  void showsTheRootNobodyTrusts() throws Exception {
    try (StagedFault fault = lab.stage("cert.untrusted-root")) {
      X509Certificate top = presented(fault).get(1);
      assertThat(top.getIssuerX500Principal()).isEqualTo(top.getSubjectX500Principal());
    }
  }

  @Test
  void renewsTheCertificateOnTheSamePort() throws Exception {
    try (StagedFault fault = lab.stage("cert.expired")) {
      assertThat(verdict(presented(fault), lab.trust())).isEqualTo("EXPIRED 0");
      fault.repair();
      assertThat(verdict(presented(fault), lab.trust())).isEqualTo("good -1");
      fault.breakAgain();
      assertThat(verdict(presented(fault), lab.trust())).isEqualTo("EXPIRED 0");
    }
  }

  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource({"cert.good, TLSv1.2", "cert.good, TLSv1.3"})
  void carriesMailOver(String id, String protocol) throws Exception {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "STARTTLS");
      client.startTls(new TrustEverything(), protocol);
      client.send("EHLO client.example");
      client.send("MAIL FROM:<>");
      client.send("RCPT TO:<b@lab.example>");
      client.send("DATA");
      assertThat(client.send("x\r\n.")).startsWith("250 ");
      assertThat(fault.received()).singleElement().matches(ReceivedMessage::tls);
      assertThat(fault.sessions().get(0).transcript()).contains("* TLS is up: " + protocol);
      assertThat(client.send("QUIT")).startsWith("221 ");
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void saysUnderWhichSettingItBites() {
    try (StagedFault expired = lab.stage("cert.expired");
        StagedFault named = lab.stage("cert.name")) {
      assertThat(expired.tlsSettings()).isEqualTo(TlsSettings.CERTIFICATE_VALIDATION);
      assertThat(expired.tlsDomain()).isEmpty();
      assertThat(named.tlsSettings()).isEqualTo(TlsSettings.DOMAIN_VALIDATION);
      assertThat(named.tlsDomain()).contains(named.smartHost().host());
    }
  }

  private static List<X509Certificate> presented(StagedFault fault) throws IOException {
    TrustEverything trust = new TrustEverything();
    try (PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "STARTTLS");
      client.startTls(trust);
    }
    return trust.presented();
  }

  private static String verdict(List<X509Certificate> chain, Path trust)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (InputStream in = Files.newInputStream(trust)) {
      X509Certificate root = (X509Certificate) factory.generateCertificate(in);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(LabExtension.LAB_TIME));
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
      return "good -1";
    } catch (CertPathValidatorException e) {
      return e.getReason() + " " + e.getIndex();
    }
  }

  private static String dnsName(X509Certificate leaf) throws GeneralSecurityException {
    return leaf.getSubjectAlternativeNames() == null
        ? "no SAN"
        : Stream.of(leaf.getSubjectAlternativeNames())
            .flatMap(names -> names.stream())
            .map(name -> name.get(1).toString())
            .findFirst()
            .orElse("none");
  }
}
