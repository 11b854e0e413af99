package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.DomainPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateNamesTest {
  @ParameterizedTest
  @CsvSource({
    "mail.contoso.example, mail.contoso.example, true",
    "server1, mail.contoso.example, false",
    "contoso.example, mail.contoso.example, false",
    "*.contoso.example, mail.contoso.example, true",
    "*.contoso.example, a.mail.contoso.example, false",
    "*.contoso.example, contoso.example, false",
    "m*.contoso.example, mail.contoso.example, false",
    "mail.*.example, mail.contoso.example, false",
    "*, mail.contoso.example, false",
    "*.example, contoso.example, false",
    "mail.contoso.example, *.contoso.example, true",
    "contoso.example, *.contoso.example, false",
    "mail.fabrikam.example, *.contoso.example, false",
    "*.contoso.example, *.contoso.example, true",
    "*.mail.contoso.example, *.contoso.example, true",
    "*.example, *.contoso.example, false",
    "*.fabrikam.example, *.contoso.example, false",
  })
  void matchAsAnAdministratorExpects(String presented, String tlsDomain, boolean matches) {
    DomainPattern expected = DomainPattern.parse(tlsDomain).orElseThrow();

    assertThat(CertificateNames.matches(presented, expected)).isEqualTo(matches);
  }
}
