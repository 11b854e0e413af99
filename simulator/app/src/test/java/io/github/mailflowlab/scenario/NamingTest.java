package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamingTest {
  private static final String ONE = "0123456789ABCDEF0123456789ABCDEF01234567";
  private static final String OTHER = "FEDCBA9876543210FEDCBA9876543210FEDCBA98";

  private final Naming naming =
      new Naming(Map.of("mail.contoso.example:40123", "mail.contoso.example:25"));

  @Test
  void portsAreThoseOfMailServers() {
    assertThat(naming.named("[LastAttemptedIP=127.0.0.1:40123]"))
        .isEqualTo("[LastAttemptedIP=127.0.0.1:25]");
    assertThat(naming.named("mail.contoso.example:40123 is down"))
        .isEqualTo("mail.contoso.example:25 is down");
  }

  @Test
  void anotherPortThatBeginsTheSameIsAnotherPort() {
    assertThat(naming.named("mail.contoso.example:401234"))
        .isEqualTo("mail.contoso.example:401234");
  }

  @Test
  void thumbprintsAreNamedInTheOrderOfTheirAppearance() {
    assertThat(naming.named("Thumbprint: " + OTHER + ", then " + ONE))
        .isEqualTo("Thumbprint: certificate-1, then certificate-2");
    assertThat(naming.named("again " + OTHER)).isEqualTo("again certificate-1");
  }

  @Test
  void serialNumbersAndMessageIdsAreNamed() {
    assertThat(naming.named("serial number 9f3a55d0c1")).isEqualTo("serial number serial-1");
    assertThat(naming.named("250 2.6.0 <1.2.3@contoso.example> queued"))
        .isEqualTo("250 2.6.0 <message-1> queued");
  }

  @Test
  void codesTimesAndAddressesStay() {
    String text = "550 5.4.316 Message expired (10061) at 2026-03-06T16:00:00Z, 127.0.0.1";

    assertThat(naming.named(text)).isEqualTo(text);
  }
}
