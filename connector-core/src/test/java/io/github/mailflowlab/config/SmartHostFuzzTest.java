package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever somebody writes as a smart host or a domain: it is refused, or means one thing. */
final class SmartHostFuzzTest {
  @FuzzTest
  void whatIsReadIsInAsciiAndReadsTheSameAgain(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);

    SmartHost.parse(text).ifPresent(SmartHostFuzzTest::requireSense);
    DomainPattern.parse(text).ifPresent(SmartHostFuzzTest::requireSense);
  }

  private static void requireSense(SmartHost host) {
    assertThat(SmartHost.parse(host.toString())).hasValue(host);
    assertThat(new SmartHost(host.host(), host.port())).isEqualTo(host);
    assertThat(host.host()).matches("[A-Za-z0-9._:-]{1,255}");
    assertThat(host.port()).isBetween(1, 65_535);
  }

  private static void requireSense(DomainPattern pattern) {
    assertThat(DomainPattern.parse(pattern.toString())).hasValue(pattern);
    assertThat(pattern.toString()).matches("[a-z0-9._:*\\[\\]-]{1,257}");
    pattern
        .domain()
        .ifPresent(own -> assertThat(pattern.matches(own)).isNotEqualTo(pattern.wildcard()));
  }
}
