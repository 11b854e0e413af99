package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fetch may cost, and how long its result is remembered. */
@Timeout(60)
final class RevocationFetchTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Court court = new Court();
  private final Forge forge = new Forge(Court.DAY);
  private final Publisher publisher = new Publisher();

  @BeforeEach
  void insist() {
    court.trust(forge.root());
    court.revocation(Revocation.HARD, LONG);
  }

  @AfterEach
  void close() {
    publisher.close();
    court.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/gone | HTTP status 404",
        "/moved | HTTP status 302",
        "/endless | longer than 4194304 octets",
        "/document | .+"
      })
  void doesNotTakeForAList(String path, String why) {
    publisher.publish("no list".getBytes(StandardCharsets.US_ASCII));

    assertThat(detail(leaf(Forge.lists(publisher.address(path)))))
        .matches(".*may be revoked or not; http://127.0.0.1:\\d+" + path + ": .*" + why + "\\.");
    assertThat(publisher.requests()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/gone | HTTP status 404",
        "/moved | HTTP status 302",
        "/endless | longer than 65536 octets",
        "/document | .+"
      })
  void doesNotTakeForAnAnswer(String path, String why) {
    publisher.publish("no answer".getBytes(StandardCharsets.US_ASCII));

    assertThat(detail(leaf(Forge.responders(publisher.address(path)))))
        .matches(".*may be revoked or not; http://127.0.0.1:\\d+" + path + ": .*" + why + "\\.");
    assertThat(publisher.requests()).isEqualTo(1);
  }

  @Test
  void hangsUpOnAServerThatTakesTooLong() throws InterruptedException {
    court.revocation(Revocation.HARD, Duration.ofMillis(400));
    X509Certificate leaf =
        leaf(
            Forge.lists(publisher.address("/drip"), publisher.address("/document")),
            Forge.responders(publisher.address("/drip")));

    assertThat(detail(leaf)).endsWith("/document: no answer within PT0.2S.");
    publisher.awaitHangUp();
  }

  @Test
  void goesOnToTheNextThatCanBeBelieved() {
    X509Certificate leaf =
        leaf(
            Forge.responders(publisher.address("/gone"), publisher.address("/gone")),
            Forge.lists(publisher.address("/gone"), publisher.address("/document")));
    publisher.publish(forge.list(HOUR, leaf));

    assertThat(problem(leaf, Duration.ZERO)).contains(CertificateProblem.REVOKED);
    assertThat(publisher.requests()).isEqualTo(4);
  }

  @Test
  void asksNoMoreThanTwoOfAKind() {
    String gone = publisher.address("/gone");
    X509Certificate leaf = leaf(Forge.responders(gone, gone, gone), Forge.lists(gone, gone, gone));

    assertThat(problem(leaf, Duration.ZERO)).contains(CertificateProblem.REVOCATION_UNKNOWN);
    assertThat(publisher.requests()).isEqualTo(4);
  }

  /** A file, another protocol, a password: such a certificate names nobody whom we would ask. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ldap:///CN=CA,DC=contoso",
        "https://127.0.0.1/list",
        "file:///etc/passwd",
        "ftp://127.0.0.1/list",
        "http:///list",
        "http://user@127.0.0.1/list",
        "http://127.0.0.1 /list",
        "//127.0.0.1/list",
        ""
      })
  void doesNotAsk(String address) {
    X509Certificate leaf = leaf(Forge.lists(address), Forge.responders(address));

    assertThat(RevocationSources.of(leaf).isEmpty()).isTrue();
    assertThat(problem(leaf, Duration.ZERO)).isEmpty();
  }

  @Test
  void asksAnAddressOf500CharactersAndNoLongerOne() {
    String longest = "http://127.0.0.1/" + "x".repeat(500 - "http://127.0.0.1/".length());

    assertThat(RevocationSources.of(leaf(Forge.lists(longest))).lists()).hasSize(1);
    assertThat(RevocationSources.of(leaf(Forge.lists(longest + "x"))).lists()).isEmpty();
  }

  @Test
  void asksAgainAtTheNextUpdateAndNoEarlier() {
    X509Certificate leaf = leaf(Forge.lists(publisher.address("/document")));
    publisher.publish(forge.list(HOUR));
    assertThat(problem(leaf, Duration.ZERO)).isEmpty();

    publisher.publish(forge.list(HOUR.multipliedBy(2), leaf));

    assertThat(problem(leaf, HOUR.minusMillis(1))).isEmpty();
    assertThat(publisher.requests()).isEqualTo(1);
    assertThat(problem(leaf, HOUR)).contains(CertificateProblem.REVOKED);
    assertThat(publisher.requests()).isEqualTo(2);
  }

  @Test
  void asksAgainWhenTheClockWasSetBack() {
    X509Certificate leaf = leaf(Forge.lists(publisher.address("/document")));
    publisher.publish(forge.list(HOUR));
    assertThat(problem(leaf, Duration.ZERO)).isEmpty();

    assertThat(problem(leaf, Duration.ofMillis(-1))).isEmpty();
    assertThat(publisher.requests()).isEqualTo(2);
  }

  @Test
  void asksAgainHalfAMinuteAfterItGotNoWord() {
    X509Certificate leaf = leaf(Forge.lists(publisher.address("/document")));
    assertThat(problem(leaf, Duration.ZERO)).contains(CertificateProblem.REVOCATION_UNKNOWN);
    publisher.publish(forge.list(HOUR));

    assertThat(problem(leaf, Duration.ofMillis(29_999)))
        .contains(CertificateProblem.REVOCATION_UNKNOWN);
    assertThat(publisher.requests()).isEqualTo(1);
    assertThat(problem(leaf, Duration.ofSeconds(30))).isEmpty();
  }

  @Test
  void asksAboutIntermediatesToo() {
    Forge workshop = forge.below(Forge.lists(publisher.address("/document")));
    X509Certificate leaf = workshop.leaf(new X500Name("CN=" + Court.HOST));
    publisher.publish(forge.list(HOUR, workshop.root()));

    Failure failure =
        court.judge(List.of(leaf, workshop.root()), TlsSettings.DOMAIN_VALIDATION).orElseThrow();

    assertThat(failure.detail())
        .startsWith("CertificateRevoked ")
        .contains(
            " The intermediate CN=Workshop (thumbprint "
                + CertificateText.thumbprint(workshop.root())
                + ") was revoked on ");
  }

  /** The extension is there, and cannot be read. */
  @Test
  void asksNobodyWhereTheHintIsBroken() {
    byte[] garbage = {0x30, 0x7f};
    for (ASN1ObjectIdentifier id :
        List.of(Extension.authorityInfoAccess, Extension.cRLDistributionPoints)) {
      X509Certificate leaf = leaf(new Extension(id, false, new DEROctetString(garbage)));

      assertThat(problem(leaf, Duration.ZERO)).isEmpty();
    }
  }

  /** Whoever signed it himself could make us call anybody. */
  @Test
  void asksNobodyForACertificateThatIsNotTrusted() {
    Forge stranger = new Forge(Court.DAY);
    X509Certificate leaf =
        stranger.leaf(
            new X500Name("CN=" + Court.HOST), Forge.lists(publisher.address("/document")));

    assertThat(court.problem(List.of(leaf, stranger.root()), Duration.ZERO))
        .contains(CertificateProblem.UNTRUSTED_ROOT);
    assertThat(publisher.requests()).isZero();
  }

  private X509Certificate leaf(Extension... extensions) {
    return forge.leaf(new X500Name("CN=" + Court.HOST), extensions);
  }

  private Optional<CertificateProblem> problem(X509Certificate leaf, Duration later) {
    return court.problem(List.of(leaf), later);
  }

  private String detail(X509Certificate leaf) {
    return court
        .judge(List.of(leaf), TlsSettings.CERTIFICATE_VALIDATION)
        .map(Failure::detail)
        .orElse("accepted");
  }
}
