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
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Date;
import java.util.HashSet;
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
    "cert.root-expired,   1, good,            -1, HOST",
    "cert.self-signed,    1, NO_TRUST_ANCHOR, -1, HOST",
    "cert.untrusted-root, 2, NO_TRUST_ANCHOR, -1, HOST",
    "cert.missing-inter,  1, NO_TRUST_ANCHOR, -1, HOST",
    "cert.name,           2, good,            -1, server1.corp.example",
    "cert.san-wins,       2, good,            -1, server1.corp.example",
    "cert.cn-only,        2, good,            -1, no SAN",
    "cert.wild,           2, good,            -1, *.lab.example",
    "cert.wild-deep,      2, good,            -1, *.lab.example",
    "cert.wild-apex,      2, good,            -1, *.HOST",
    "cert.wild-part,      2, good,            -1, c*.lab.example",
    "cert.wild-tld,       2, good,            -1, *.example",
    "cert.rsa1024,        2, good,            -1, HOST",
    "cert.rsa512,         2, ALGORITHM_CONSTRAINED, 0, HOST",
    "cert.sha1,           2, good,            -1, HOST",
    "cert.md5,            2, ALGORITHM_CONSTRAINED, 0, HOST",
    "cert.eku-client,     2, good,            -1, HOST",
    "cert.no-eku,         2, good,            -1, HOST",
    "cert.not-ca,         2, NOT_CA_CERT,      1, HOST",
    "cert.name-constraint, 2, INVALID_NAME,    0, HOST",
    "cert.revoked-crl,    2, good,            -1, HOST",
    "cert.revoked-ocsp,   2, good,            -1, HOST",
    "cert.crl-down,       2, good,            -1, HOST",
    "cert.ocsp-down,      2, good,            -1, HOST",
    "cert.one-of-two,     2, good,            -1, server1.corp.example",
    "cert.renewed,        2, EXPIRED,          0, HOST",
    "cert.skew,           2, NOT_YET_VALID,    0, HOST"
  })
  void presentsTheDefectAndNoOther(
      String id, int length, String verdict, int culprit, String dnsName) throws Exception {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id)) {
      List<X509Certificate> chain = presented(fault);
      String host = fault.smartHost().host();
      assertThat(chain).hasSize(length);
      assertThat(verdict(chain, lab.trust())).isEqualTo(verdict + " " + culprit);
      assertThat(dnsName(chain.get(0))).isEqualTo(dnsName.replace("HOST", host));
      if (dnsName.equals("HOST")) {
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

  /** Key and signature, and what the certificate may be used for. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cert.good,       EC,  0,    SHA256withECDSA, 1.3.6.1.5.5.7.3.1",
    "cert.rsa1024,    RSA, 1024, SHA256withECDSA, 1.3.6.1.5.5.7.3.1",
    "cert.rsa512,     RSA, 512,  SHA256withECDSA, 1.3.6.1.5.5.7.3.1",
    "cert.sha1,       EC,  0,    SHA1withECDSA,   1.3.6.1.5.5.7.3.1",
    "cert.md5,        EC,  0,    MD5withRSA,      1.3.6.1.5.5.7.3.1",
    "cert.eku-client, EC,  0,    SHA256withECDSA, 1.3.6.1.5.5.7.3.2",
    "cert.no-eku,     EC,  0,    SHA256withECDSA, none"
  })
  void presentsAKeyAndAPurpose(String id, String key, int bits, String signature, String purpose)
      throws Exception {
    try (StagedFault fault = lab.stage(id)) {
      X509Certificate leaf = presented(fault).get(0);
      assertThat(leaf.getPublicKey().getAlgorithm()).isEqualTo(key);
      assertThat(leaf.getPublicKey() instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0)
          .isEqualTo(bits);
      assertThat(leaf.getSigAlgName()).isEqualTo(signature);
      List<String> purposes = leaf.getExtendedKeyUsage();
      assertThat(purposes == null ? "none" : purposes.get(0)).isEqualTo(purpose);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cert.disorder, HOST|Lab Root|Lab Intermediate|Lab Lower Intermediate",
    "cert.extra, HOST|Private Root|server1.corp.example|Lab Intermediate"
  })
  void presentsMoreThanTheWayUp(String id, String names) throws Exception {
    try (StagedFault fault = lab.stage(id)) {
      assertThat(presented(fault))
          .extracting(one -> commonName(one))
          .containsExactly(names.replace("HOST", fault.smartHost().host()).split("\\|"));
    }
  }

  @Test
  void presentsTheSubjectsOfTwoServersInTurn() throws Exception {
    try (StagedFault fault = lab.stage("cert.one-of-two")) {
      String host = fault.smartHost().host();
      for (String name : List.of("server1.corp.example", host, "server1.corp.example", host)) {
        assertThat(dnsName(presented(fault).get(0))).isEqualTo(name);
      }
    }
  }

  @Test
  void hasNoNameAtAll() throws Exception {
    try (StagedFault fault = lab.stage("cert.no-name")) {
      X509Certificate leaf = presented(fault).get(0);
      assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("O=Mail Flow Lab");
      assertThat(dnsName(leaf)).isEqualTo("no SAN");
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
        StagedFault named = lab.stage("cert.name");
        StagedFault deep = lab.stage("cert.wild-deep");
        StagedFault top = lab.stage("cert.wild-tld")) {
      assertThat(expired.tlsSettings()).isEqualTo(TlsSettings.CERTIFICATE_VALIDATION);
      assertThat(expired.tlsDomain()).isEmpty();
      assertThat(named.tlsSettings()).isEqualTo(TlsSettings.DOMAIN_VALIDATION);
      assertThat(named.tlsDomain()).contains(named.smartHost().host());
      assertThat(deep.tlsDomain()).contains("mail." + deep.smartHost().host());
      assertThat(top.tlsDomain()).contains("contoso.example");
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
      Set<TrustAnchor> roots = new HashSet<>();
      for (Certificate root : factory.generateCertificates(in)) {
        roots.add(new TrustAnchor((X509Certificate) root, null));
      }
      PKIXParameters parameters = new PKIXParameters(roots);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(LabExtension.LAB_TIME));
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
      return "good -1";
    } catch (CertPathValidatorException e) {
      return e.getReason() + " " + e.getIndex();
    }
  }

  private static String commonName(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    return subject.replaceFirst(".*CN=", "").replaceFirst(",.*", "");
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
