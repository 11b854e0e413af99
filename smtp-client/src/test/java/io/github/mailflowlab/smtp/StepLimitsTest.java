package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Timeouts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepLimitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final StepLimits LIMITS = StepLimits.DEFAULT;

  @Test
  void addUpAllWaitsOfALookup() {
    DnsSettings dns = new DnsSettings(List.of(), SECOND, 2);

    assertThat(LIMITS.ofLookup(dns)).isEqualTo(Duration.ofSeconds(4 * 2 * 3 + 5));
  }

  @Test
  void addUpAllWaitsOfAConnection() {
    Timeouts timeouts = Timeouts.of(SECOND, SECOND);

    Duration empty = LIMITS.ofConnection(timeouts, 1, 0);

    assertThat(LIMITS.ofConnection(timeouts, 3, 0)).isEqualTo(empty.plusSeconds(2));
    assertThat(LIMITS.ofConnection(timeouts, 1, 65_536)).isEqualTo(empty.plusSeconds(2));
    assertThat(LIMITS.ofConnection(Timeouts.DEFAULT, 1, 0)).isGreaterThan(Duration.ofHours(1));
  }
}
