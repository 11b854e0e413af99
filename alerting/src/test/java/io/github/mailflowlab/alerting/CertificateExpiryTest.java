package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Thirty days before its end a certificate is worth an alert. */
final class CertificateExpiryTest {
  private static final String SERVER = "mail.contoso.example";
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Instant END = START.plus(Duration.ofDays(100));

  private final CertificateExpiry policy = new CertificateExpiry(MONTH);

  @Test
  void warnsThirtyDaysBeforeAndNotEarlier() {
    Instant due = END.minus(MONTH);
    assertThat(present(END)).contains(SERVER);

    assertThat(policy.judge(SERVER, due.minusNanos(1))).isEqualTo(Verdict.quiet(Optional.of(due)));
    Verdict.Trouble trouble = policy.judge(SERVER, due).trouble().orElseThrow();
    assertThat(trouble.since()).isEqualTo(due);
    assertThat(trouble.connector()).isEqualTo(ON_PREMISES);
    assertThat(trouble.details())
        .isEqualTo(
            "The certificate of mail.contoso.example is valid until 2026-04-15T08:00:00Z, and no"
                + " longer.");
    assertThat(policy.advice(trouble, ConnectorType.ON_PREMISES))
        .anyMatch(step -> step.startsWith("Renew"));
  }

  @Test
  void theSameCertificateAgainIsNotWorthALook() {
    present(END);

    assertThat(present(END)).isEmpty();
    assertThat(present(END.plusSeconds(1))).contains(SERVER);
  }

  @Test
  void isOverWithTheNextCertificate() {
    present(END);
    assertThat(policy.judge(SERVER, END).trouble()).isPresent();
    present(END.plus(MONTH.multipliedBy(3)));

    assertThat(policy.judge(SERVER, END).trouble()).isEmpty();
  }

  @Test
  void aServerThatWasNeverSeenIsNoTrouble() {
    assertThat(policy.judge(SERVER, START)).isEqualTo(Verdict.QUIET);
  }

  @Test
  void afterARestartItGoesOn() {
    present(END);
    CertificateExpiry restarted = new CertificateExpiry(MONTH);
    restarted.goOn(PolicyAlerts.raised(policy, SERVER, END));

    assertThat(restarted.judge(SERVER, END)).isEqualTo(policy.judge(SERVER, END));
  }

  private Optional<String> present(Instant expires) {
    return policy.drawnByCertificate(ON_PREMISES, SERVER, expires);
  }
}
