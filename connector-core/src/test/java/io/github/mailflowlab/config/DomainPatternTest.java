package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.DomainName;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainPatternTest {
  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource({
    "contoso.example, contoso.example, true",
    "contoso.example, CONTOSO.example, true",
    "contoso.example, a.contoso.example, false",
    "contoso.example, example, false",
    "*.contoso.example, a.contoso.example, true",
    "*.contoso.example, a.b.contoso.example, true",
    "*.contoso.example, contoso.example, false",
    "*.contoso.example, xcontoso.example, false",
    "*, contoso.example, true",
    "*, [127.0.0.1], true",
  })
  void matches(String pattern, String domain, boolean matches) {
    assertThat(pattern(pattern).matches(DomainName.of(domain))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*.", "**", "*.*", "*contoso.example", "mail*.contoso.example", "a.*", "a@b"})
  void readsNothingButThreeForms(String text) {
    assertThat(DomainPattern.parse(text)).isEmpty();
  }

  @Test
  void anExactNameIsMoreSpecificThanAnyWildcardAndALongerWildcardThanAShorter() {
    assertThat(
            Stream.of(
                    "*",
                    "*.contoso.example",
                    "a.example",
                    "*.corp.contoso.example",
                    "long.contoso.example")
                .map(DomainPatternTest::pattern)
                .sorted(Comparator.comparingInt(DomainPattern::specificity).reversed()))
        .extracting(DomainPattern::toString)
        .containsExactly(
            "long.contoso.example",
            "a.example",
            "*.corp.contoso.example",
            "*.contoso.example",
            "*");
  }

  private static DomainPattern pattern(String text) {
    return DomainPattern.parse(text).orElseThrow();
  }
}
