package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  @Test
  void timeoutsDefaultToThoseOfTheStandard() {
    assertThat(Timeouts.DEFAULT)
        .isEqualTo(
            new Timeouts(
                Duration.parse("PT30S"),
                Duration.parse("PT5M"),
                Duration.parse("PT5M"),
                Duration.parse("PT5M"),
                Duration.parse("PT5M"),
                Duration.parse("PT5M"),
                Duration.parse("PT2M"),
                Duration.parse("PT3M"),
                Duration.parse("PT10M")));
  }

  @Test
  void shortTimeoutsAreForLabs() {
    Duration connect = Duration.ofMillis(100);
    Duration command = Duration.ofNanos(1);
    Timeouts timeouts = Timeouts.of(connect, command);

    assertThat(timeouts.connect()).isEqualTo(connect);
    assertThat(timeouts.banner()).isEqualTo(command);
    assertThat(timeouts.finalDot()).isEqualTo(command);
    assertThatIllegalArgumentException().isThrownBy(() -> Timeouts.of(Duration.ZERO, command));
    assertThatIllegalArgumentException().isThrownBy(() -> Timeouts.of(connect, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeouts.of(connect, Duration.ofNanos(-1)));
  }

  @Test
  void theResolverDefaultsToTheSystems() {
    assertThat(DnsSettings.DEFAULT).isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(2), 2));
  }

  @ParameterizedTest(name = "timeout {0}, tries {1}: {2}")
  @CsvSource({
    "PT0.001S, 1, true",
    "PT2S, 10, true",
    "PT0S, 1, false",
    "PT-1S, 1, false",
    "PT2S, 0, false",
    "PT2S, 11, false",
  })
  void theResolverHasBounds(Duration timeout, int tries, boolean valid) {
    if (valid) {
      assertThat(new DnsSettings(List.of(), timeout, tries).tries()).isEqualTo(tries);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DnsSettings(List.of(), timeout, tries));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "OPPORTUNISTIC, Opportunistic, false, false",
    "ENCRYPTION_ONLY, EncryptionOnly, true, false",
    "CERTIFICATE_VALIDATION, CertificateValidation, true, true",
    "DOMAIN_VALIDATION, DomainValidation, true, true",
  })
  void tlsSettingsDemandMoreAndMore(
      TlsSettings settings, String parameter, boolean demandsTls, boolean validates) {
    assertThat(settings.parameter()).isEqualTo(parameter);
    assertThat(settings.demandsTls()).isEqualTo(demandsTls);
    assertThat(settings.validatesCertificate()).isEqualTo(validates);
  }
}
