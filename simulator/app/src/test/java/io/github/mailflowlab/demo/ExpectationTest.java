package io.github.mailflowlab.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.demo.Expectation.Observed;
import io.github.mailflowlab.failure.FailureCatalogue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationTest {
  private static final FailureCatalogue CATALOGUE = FailureCatalogue.load();

  static List<Expectation> faults() {
    return Expectation.all().stream()
        .filter(one -> !one.fault().equals(Expectation.HEALTHY))
        .filter(one -> !one.fault().equals(Expectation.OUTAGE))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void agreesWithTheCatalogue(Expectation expectation) {
    String code =
        requireNonNull(
            CATALOGUE
                .entry(expectation.fault())
                .orElseThrow()
                .codes()
                .get(TlsSettings.DOMAIN_VALIDATION));

    if (code.equals("remote")) {
      assertThat(expectation.ndrStatus())
          .hasValueSatisfying(status -> assertThat(status).matches("5\\.(4\\.300|1\\.351)"));
    } else {
      assertThat(expectation.code()).contains(code);
      assertThat(expectation.ndrStatus()).contains("5" + code.substring(1));
    }
  }

  @Test
  void isMetOnlyWhenEverythingIsAsExpected() {
    Expectation refused =
        Expectation.all().stream()
            .filter(one -> one.fault().equals("tcp.refused"))
            .findFirst()
            .orElseThrow();

    assertThat(refused.judge(seen("4.4.316", 151, true, "5.4.316", "returned")).asExpected())
        .isTrue();
    assertThat(refused.judge(seen("4.4.315", 151, true, "5.4.316", "returned")).asExpected())
        .isFalse();
    assertThat(refused.judge(seen("4.4.316", 150, true, "5.4.316", "returned")).asExpected())
        .isFalse();
    assertThat(refused.judge(seen("4.4.316", 151, false, "5.4.316", "returned")).asExpected())
        .isFalse();
    assertThat(refused.judge(seen("4.4.316", 151, true, "5.4.300", "returned")).asExpected())
        .isFalse();
    assertThat(refused.judge(seen("4.4.316", 151, true, "5.4.316", "undecided")).asExpected())
        .isFalse();
  }

  private static Observed seen(
      String code, int attempts, boolean alert, String ndr, String outcome) {
    return new Observed(
        Optional.of(code), Optional.of("450"), attempts, alert, Optional.of(ndr), outcome);
  }
}
