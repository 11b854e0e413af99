package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "20417e, ' A~'",
    "00, \\x00",
    "0a0d09, \\x0A\\x0D\\x09",
    "1b5b33316d, \\x1B[31m",
    "7f, \\x7F",
    "c3a4, \u00e4",
    "e282ac, \u20ac",
    "f09f9880, \ud83d\ude00",
    "c3, \\xC3",
    "c341, \\xC3A",
    "e282, \\xE2\\x82",
    "80, \\x80",
    "ff41, \\xFFA",
    "c080, \\xC0\\x80",
    "c285, \\xC2\\x85",
    "e280ae, \\xE2\\x80\\xAE",
    "e280a8, \\xE2\\x80\\xA8",
  })
  void showsTextAndEscapesWhatCouldSteerATerminal(String hex, String shown) {
    byte[] octets = HexFormat.of().parseHex(hex);

    assertThat(Printable.of(octets, 0, octets.length)).isEqualTo(shown);
  }

  @Test
  void cutsLongText() {
    assertThat(Printable.of("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Printable.of("abcdefg", 6)).isEqualTo("abcdef...");
  }
}
