package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a certificate says, the detail is short and fit to be shown. */
final class HostileCertificateTest {
  private static final int LONGEST_DETAIL = 1_500;

  private final Court court = new Court();
  private final Forge forge = new Forge(Court.DAY);

  @BeforeEach
  void trust() {
    court.trust(forge.root());
  }

  @AfterEach
  void adjourn() {
    court.close();
  }

  @Test
  void namesTenOfTenThousandNames() {
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> i + ".example").toList();
    X509Certificate leaf = forge.leaf(new X500Name("CN=x"), Forge.names(names));

    assertThat(detail(leaf))
        .endsWith(
            "Presented names: 0.example, 1.example, 2.example, 3.example, 4.example, 5.example,"
                + " 6.example, 7.example, 8.example, 9.example and 9990 more.");
  }

  @Test
  void findsItsNameAmongTenThousand() {
    List<String> names = new ArrayList<>();
    IntStream.range(0, 10_000).forEach(i -> names.add(i + ".example"));
    names.add(Court.HOST);
    X509Certificate leaf = forge.leaf(new X500Name("CN=x"), Forge.names(names));

    assertThat(court.judge(List.of(leaf), TlsSettings.DOMAIN_VALIDATION)).isEmpty();
  }

  @Test
  void showsNoControlCharacters() {
    String evil = "x\r\n250 OK\u001b[2J\u0000\u202e";
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, evil).build();

    assertThat(detail(forge.leaf(subject))).contains("\\x0D\\x0A250 ");
    assertThat(detail(forge.leaf(new X500Name("CN=x"), Forge.names(List.of("x\r\n250 OK\u001b")))))
        .contains("Presented names: x\\x0D\\x0A250 ok\\x1B.");
  }

  @Test
  void cutsNamesThatAreTooLong() {
    String longName = "x".repeat(30_000);
    X500Name subject =
        new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String(longName)).build();

    assertThat(detail(forge.leaf(subject, Forge.names(List.of(longName))))).contains("xxx...");
    X509Certificate signedByNobody = new Forge(Court.DAY).leaf(subject);
    assertThat(detail(signedByNobody)).startsWith("UntrustedRoot ");
  }

  @Test
  void takesNamesThatItCannotReadForNone() throws Exception {
    Extension garbage =
        new Extension(Extension.subjectAlternativeName, false, new DEROctetString(new byte[] {1}));

    assertThat(detail(forge.leaf(new X500Name("O=x"), garbage))).contains("Presented names: none.");
  }

  @Test
  void givesUpOnAChainWithoutEnd() {
    List<X509Certificate> chain = new ArrayList<>();
    KeyPair keys = Forge.newKeys("EC", 256);
    for (int i = 0; i < 1_000; i++) {
      chain.add(forge.link(i, i + 1, keys));
    }

    assertThat(court.problem(chain, Duration.ZERO))
        .contains(CertificateProblem.MISSING_INTERMEDIATE);
  }

  /** Two authorities that certify each other, and nobody else. */
  @Test
  void walksNoCircle() {
    KeyPair keys = Forge.newKeys("EC", 256);
    X509Certificate one = forge.link(0, 1, keys);
    X509Certificate two = forge.link(1, 0, keys);

    assertThat(court.problem(List.of(one, two), Duration.ZERO))
        .contains(CertificateProblem.MISSING_INTERMEDIATE);
  }

  private String detail(X509Certificate leaf) {
    String detail =
        court
            .judge(List.of(leaf), TlsSettings.DOMAIN_VALIDATION)
            .map(Failure::detail)
            .orElse("accepted");
    assertThat(detail).hasSizeLessThan(LONGEST_DETAIL);
    assertThat(detail.chars()).noneMatch(c -> Character.getType(c) == Character.CONTROL);
    assertThat(detail.chars()).noneMatch(c -> Character.getType(c) == Character.FORMAT);
    return detail;
  }
}
