package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmtpSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"mail.contoso.example", "localhost", "[127.0.0.1]", "[IPv6:::1]"})
  void takesANameOrALiteral(String name) {
    assertThat(settings(name).heloName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nMAIL FROM:<>", "gr\u00fcn.example"})
  void refusesANameThatWouldBreakTheCommand(String name) {
    assertThatThrownBy(() -> settings(name)).isInstanceOf(IllegalArgumentException.class);
  }

  private static SmtpSettings settings(String heloName) {
    return new SmtpSettings(
        heloName,
        Timeouts.DEFAULT,
        ConnectionLimits.DEFAULT,
        DnsSettings.DEFAULT,
        Revocation.SOFT,
        Mailing.CLOCK,
        address -> false);
  }
}
