package io.github.mailflowlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeedTest {
  @Tag("fails-on-purpose")
  static final class Sample {
    @RegisterExtension final MailFlowExtension flow = MailFlowExtension.builder().seed(7).build();

    @Test
    void fails(SmartHost host) {
      assertThat(host.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({", , 1", ", 7, 7", "-8, , -8", "' 8 ', 7, 8"})
  void asksTheParameterThenTheBuilder(String parameter, Long chosen, long value) {
    OptionalLong builder = chosen == null ? OptionalLong.empty() : OptionalLong.of(chosen);
    assertThat(Seed.of(Optional.ofNullable(parameter), builder).value()).isEqualTo(value);
  }

  @Test
  void isAnyWhenThatIsWanted() {
    Optional<String> random = Optional.of("random");
    assertThat(Seed.of(random, OptionalLong.empty()))
        .isNotEqualTo(Seed.of(random, OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "1.5", "9223372036854775808"})
  void mustBeANumber(String parameter) {
    assertThatThrownBy(() -> Seed.of(Optional.of(parameter), OptionalLong.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mailflow.seed: \"" + parameter + "\" (expected: a number, or random)");
  }

  @Test
  void isShownWithAFailureAndTakenBack() {
    assertThat(shown(Map.of())).contains("-Dmailflow.seed=7");
    assertThat(shown(Map.of(Seed.PARAMETER, "8"))).contains("-Dmailflow.seed=8");
  }

  private static String shown(Map<String, String> parameters) {
    List<Failed> failed = Failed.of(Sample.class, parameters);
    return failed.get(0).failure().getSuppressed()[0].toString();
  }
}
