package io.github.mailflowlab.lab.pki;

import static io.github.mailflowlab.lab.pki.CertificateDefect.EXPIRED;
import static io.github.mailflowlab.lab.pki.CertificateDefect.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CertificatePlanTest {
  @Test
  void staysAsItIs() {
    CertificatePlan plan = new CertificatePlan.Always(EXPIRED);

    assertThat(plan.at(1, Duration.ZERO)).isEqualTo(EXPIRED);
    assertThat(plan.at(1000, Duration.ofDays(1000))).isEqualTo(EXPIRED);
  }

  @Test
  void takesTurnsAndBeginsWithTheDefect() {
    CertificatePlan plan = new CertificatePlan.EverySecond(EXPIRED);

    assertThat(plan.at(1, Duration.ZERO)).isEqualTo(EXPIRED);
    assertThat(plan.at(2, Duration.ZERO)).isEqualTo(NONE);
    assertThat(plan.at(3, Duration.ZERO)).isEqualTo(EXPIRED);
  }

  @Test
  void isRenewedAtThatTimeAndNoEarlier() {
    CertificatePlan plan = new CertificatePlan.RenewedAfter(Duration.ofMinutes(30), EXPIRED);

    assertThat(plan.at(1, Duration.ZERO)).isEqualTo(EXPIRED);
    assertThat(plan.at(2, Duration.ofMinutes(30).minusMillis(1))).isEqualTo(EXPIRED);
    assertThat(plan.at(3, Duration.ofMinutes(30))).isEqualTo(NONE);
  }
}
