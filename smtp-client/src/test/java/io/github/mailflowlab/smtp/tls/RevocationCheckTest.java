package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists and responders of the lab's authority, over HTTP. */
final class RevocationCheckTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Court court = new Court();

  @AfterEach
  void adjourn() {
    court.close();
  }

  /** What each policy makes of it; every one but the first three is revoked in truth. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "NONE,                  none, none,    none",
    "LISTED,                none, none,    none",
    "ANSWERED,              none, none,    none",
    "LISTED_REVOKED,        none, REVOKED, REVOKED",
    "LIST_DOWN,             none, none,    REVOCATION_UNKNOWN",
    "LIST_OUT_OF_DATE,      none, none,    REVOCATION_UNKNOWN",
    "LIST_FORGED,           none, none,    REVOCATION_UNKNOWN",
    "ANSWERED_REVOKED,      none, REVOKED, REVOKED",
    "RESPONDER_DOWN,        none, none,    REVOCATION_UNKNOWN",
    "RESPONDER_OUT_OF_DATE, none, none,    REVOCATION_UNKNOWN",
    "RESPONDER_FORGED,      none, none,    REVOCATION_UNKNOWN",
  })
  void judges(CertificateDefect defect, String off, String soft, String hard) {
    List<X509Certificate> chain = court.chain(defect);

    assertThat(problem(Revocation.OFF, chain)).isEqualTo(off);
    assertThat(problem(Revocation.SOFT, chain)).isEqualTo(soft);
    assertThat(problem(Revocation.HARD, chain)).isEqualTo(hard);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "LISTED_REVOKED | The certificate was revoked on 2026-03-01T11:00:00Z \\(KEY_COMPROMISE\\), says"
            + " http://127.0.0.1:\\d+/list/HONEST\\.",
        "ANSWERED_REVOKED | The certificate was revoked on 2026-03-01T11:00:00Z \\(KEY_COMPROMISE\\),"
            + " says http://127.0.0.1:\\d+/ocsp/HONEST\\.",
        "LIST_DOWN | The certificate may be revoked or not; http://127.0.0.1:\\d+/list/DOWN: .*Connect.*",
        "LIST_OUT_OF_DATE | The certificate may be revoked or not; http://127.0.0.1:\\d+/list/OUT_OF_DATE:"
            + " out of date since 2026-02-28T12:00:00Z\\.",
        "RESPONDER_FORGED | The certificate may be revoked or not; http://127.0.0.1:\\d+/ocsp/FORGED: .+",
      })
  void tellsWhoSaidSo(CertificateDefect defect, String sentence) {
    court.revocation(Revocation.HARD, LONG);

    String detail =
        court
            .judge(court.chain(defect), TlsSettings.CERTIFICATE_VALIDATION)
            .map(Failure::detail)
            .orElseThrow();

    assertThat(detail)
        .matches(
            "CertificateRevo(ked|cationUnknown) Expected Subject: mail.contoso.example\\. Presented"
                + " Subject: CN=mail.contoso.example\\. Thumbprint: [0-9A-F]{40}\\. "
                + sentence);
  }

  @Test
  void believesAStapledAnswerAndAsksNobody() throws IOException {
    List<X509Certificate> good = court.chain(CertificateDefect.ANSWERED);
    List<X509Certificate> revoked = court.chain(CertificateDefect.ANSWERED_REVOKED);
    TlsFacts withGood = stapled(good, court.answerFor(good));
    TlsFacts withRevoked = stapled(revoked, court.answerFor(revoked));
    court.silence();

    assertThat(problem(Revocation.HARD, withGood)).isEqualTo("none");
    assertThat(problem(Revocation.SOFT, withRevoked)).isEqualTo("REVOKED");
    assertThat(problem(Revocation.OFF, withRevoked)).isEqualTo("none");
  }

  @Test
  void takesAStapleThatIsNoGoodForNone() throws IOException {
    List<X509Certificate> good = court.chain(CertificateDefect.ANSWERED);
    List<X509Certificate> other = court.chain(CertificateDefect.ANSWERED);
    List<X509Certificate> old = court.chain(CertificateDefect.RESPONDER_OUT_OF_DATE);
    List<X509Certificate> forged = court.chain(CertificateDefect.RESPONDER_FORGED);
    List<TlsFacts> all =
        List.of(
            stapled(good, court.answerFor(other)),
            stapled(good, new byte[0]),
            stapled(good, new byte[] {0x30, 0x03, 0x0a, 0x01, 0x03}),
            stapled(old, court.answerFor(old)),
            stapled(forged, court.answerFor(forged)));
    court.silence();

    for (TlsFacts facts : all) {
      assertThat(problem(Revocation.HARD, facts)).isEqualTo("REVOCATION_UNKNOWN");
      assertThat(problem(Revocation.SOFT, facts)).isEqualTo("none");
    }
  }

  private static TlsFacts stapled(List<X509Certificate> chain, byte[] answer) {
    return new TlsFacts("", chain, List.of(answer));
  }

  private String problem(Revocation policy, TlsFacts facts) {
    court.revocation(policy, LONG);
    return court
        .judge(facts, TlsSettings.DOMAIN_VALIDATION, Duration.ZERO)
        .map(failure -> ((Failure.CertificateRejected) failure).problem().name())
        .orElse("none");
  }

  private String problem(Revocation policy, List<X509Certificate> chain) {
    court.revocation(policy, LONG);
    Optional<CertificateProblem> problem = court.problem(chain, Duration.ZERO);
    return problem.map(Enum::name).orElse("none");
  }
}
