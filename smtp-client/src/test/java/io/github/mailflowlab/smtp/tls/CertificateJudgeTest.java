package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains of the lab's authority, judged without a wire. */
final class CertificateJudgeTest {
  private final Court court = new Court();

  @AfterEach
  void adjourn() {
    court.close();
  }

  /** What each defect is called, and the sentence that names the certificate at fault. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPIRED | CertificateExpired | EXPIRED"
            + " | The certificate was not valid after DAY-1; our clock shows DAY.",
        "NOT_YET_VALID | CertificateNotYetValid | NOT_YET_VALID"
            + " | The certificate is not valid before DAY+30; our clock shows DAY.",
        "INTERMEDIATE_EXPIRED | CertificateExpired | EXPIRED"
            + " | The intermediate CN=Lab Intermediate, O=Mail Flow Lab (thumbprint #1)"
            + " was not valid after DAY-1; our clock shows DAY.",
        "ROOT_EXPIRED | CertificateExpired | EXPIRED"
            + " | The trusted root CN=Lab Old Root, O=Mail Flow Lab (thumbprint #root)"
            + " was not valid after DAY-1; our clock shows DAY.",
        "SELF_SIGNED | UntrustedRoot | SELF_SIGNED | It is signed by itself and not trusted.",
        "UNTRUSTED_ROOT | UntrustedRoot | UNTRUSTED_ROOT"
            + " | The root CN=Private Root, O=Mail Flow Lab (thumbprint #1) is not trusted.",
        "MISSING_INTERMEDIATE | UntrustedRoot | MISSING_INTERMEDIATE"
            + " | The issuer CN=Lab Intermediate, O=Mail Flow Lab is neither presented nor trusted.",
        "RSA_1024 | CertificateInvalid | WEAK_KEY"
            + " | The certificate has a key of RSA with 1024 bits (expected: 2048).",
        "RSA_512 | CertificateInvalid | WEAK_KEY"
            + " | The certificate has a key of RSA with 512 bits (expected: 2048).",
        "SHA_1 | CertificateInvalid | WEAK_SIGNATURE"
            + " | The certificate is signed with SHA1withECDSA (expected: SHA-256 or better).",
        "MD_5 | CertificateInvalid | WEAK_SIGNATURE"
            + " | The certificate is signed with MD5withRSA (expected: SHA-256 or better).",
        "FOR_CLIENTS | CertificateInvalid | WRONG_PURPOSE"
            + " | It is not for servers, by its extended key usage.",
        "NOT_AUTHORITY | CertificateInvalid | NOT_AUTHORITY"
            + " | The intermediate CN=Lab Intermediate, O=Mail Flow Lab (thumbprint #1)"
            + " is no authority's, but issued another.",
        "NAME_CONSTRAINT | CertificateInvalid | NAME_CONSTRAINT"
            + " | The certificate is for names that its authority may not certify: HOST.",
      })
  void rejectsUnderBothSettings(
      CertificateDefect defect, String word, CertificateProblem problem, String sentence) {
    List<X509Certificate> chain = court.chain(defect);
    for (TlsSettings setting : Court.VALIDATING) {
      Failure.CertificateRejected rejected =
          (Failure.CertificateRejected) court.judge(chain, setting).orElseThrow();

      assertThat(rejected.problem()).as("%s", setting).isEqualTo(problem);
      assertThat(rejected.detail())
          .isEqualTo(
              word
                  + court.fillIn(
                      " Expected Subject: HOST. Presented Subject: CN=HOST. Thumbprint: #0. "
                          + sentence,
                      chain));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "NONE",
    "DISORDER",
    "EXTRA",
    "CN_ONLY",
    "WILDCARD",
    "FOR_ANYTHING",
  })
  void acceptsUnderBothSettings(CertificateDefect none) {
    for (TlsSettings setting : Court.VALIDATING) {
      assertThat(court.judge(court.chain(none), setting)).as("%s", setting).isEmpty();
    }
  }

  /** The names matter to DomainValidation alone. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "OTHER_NAME | CN=server1.corp.example | server1.corp.example",
        "OTHER_DNS_NAME | CN=mail.contoso.example | server1.corp.example",
        "NO_NAME | O=Mail Flow Lab | none",
        "WILDCARD_ABOVE | CN=*.example | *.example",
        "WILDCARD_BELOW | CN=*.mail.contoso.example | *.mail.contoso.example",
        "WILDCARD_PART | CN=m*.contoso.example | m*.contoso.example",
      })
  void tellsWhichNamesWerePresented(CertificateDefect defect, String subject, String names) {
    List<X509Certificate> chain = court.chain(defect);

    assertThat(court.judge(chain, TlsSettings.CERTIFICATE_VALIDATION)).isEmpty();
    assertThat(court.judge(chain, TlsSettings.DOMAIN_VALIDATION))
        .contains(
            new Failure.CertificateRejected(
                CertificateProblem.NAME_MISMATCH,
                "SubjectMismatch Expected Subject: mail.contoso.example. Presented Subject: "
                    + subject
                    + ". Thumbprint: "
                    + CertificateText.thumbprint(chain.get(0))
                    + ". Presented names: "
                    + names
                    + "."));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"OPPORTUNISTIC", "ENCRYPTION_ONLY"})
  void looksAtNothingUnder(TlsSettings setting) {
    for (CertificateDefect defect : CertificateDefect.values()) {
      assertThat(court.judge(court.chain(defect), setting)).isEmpty();
    }
    assertThat(court.judge(List.of(), setting)).isEmpty();
  }

  /** RFC 5280 4.1.2.5: both days count. */
  @Test
  void acceptsFromTheFirstToTheLastInstant() {
    List<X509Certificate> chain = court.chain(CertificateDefect.NONE);
    X509Certificate leaf = chain.get(0);
    Duration toFirst = court.until(leaf.getNotBefore().toInstant());
    Duration toLast = court.until(leaf.getNotAfter().toInstant());

    assertThat(court.problem(chain, toFirst.minusMillis(1)))
        .contains(CertificateProblem.NOT_YET_VALID);
    assertThat(court.problem(chain, toFirst)).isEmpty();
    assertThat(court.problem(chain, toLast)).isEmpty();
    assertThat(court.problem(chain, toLast.plusMillis(1))).contains(CertificateProblem.EXPIRED);
  }

  @Test
  void blamesAClockThatIsWrongOnNobodyElse() {
    List<X509Certificate> chain = court.chain(CertificateDefect.OF_TOMORROW);

    assertThat(court.problem(chain, Duration.ZERO)).contains(CertificateProblem.NOT_YET_VALID);
    assertThat(court.problem(chain, Duration.ofDays(1))).isEmpty();
  }

  /** A server whose administrator forgot to remove the old intermediate. */
  @Test
  void prefersAnIntermediateInDateWhereverItStands() {
    List<X509Certificate> good = court.chain(CertificateDefect.NONE);
    X509Certificate old = court.chain(CertificateDefect.INTERMEDIATE_EXPIRED).get(1);
    List<X509Certificate> chain = new ArrayList<>(List.of(good.get(0), old, good.get(1)));

    assertThat(court.problem(chain, Duration.ZERO)).isEmpty();
    Collections.swap(chain, 1, 2);
    assertThat(court.problem(chain, Duration.ZERO)).isEmpty();
    chain.remove(good.get(1));
    assertThat(court.problem(chain, Duration.ZERO)).contains(CertificateProblem.EXPIRED);
  }

  @Test
  void acceptsACertificateThatIsTrustedByItself() {
    List<X509Certificate> chain = court.chain(CertificateDefect.SELF_SIGNED);
    court.trust(chain.get(0));

    for (TlsSettings setting : Court.VALIDATING) {
      assertThat(court.judge(chain, setting)).isEmpty();
    }
    assertThat(court.problem(chain, Duration.ofDays(400))).contains(CertificateProblem.EXPIRED);
  }

  @Test
  void rejectsAPeerThatPresentsNone() {
    assertThat(court.judge(List.of(), TlsSettings.CERTIFICATE_VALIDATION).map(Failure::detail))
        .isEqualTo(Optional.of("CertificateInvalid None presented."));
  }
}
