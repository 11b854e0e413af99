package io.github.mailflowlab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.mail.BodyType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedContentTest {
  @ParameterizedTest
  @ValueSource(strings = {"A: b\n\nc\n", "A: b\r\n\r\nc\r\n", "A: b\r\n\nc", "A: b\n\r\nc\n"})
  void givesEveryLineItsLineEnd(String file) {
    assertThat(text(SubmittedContent.of(octets(file)))).isEqualTo("A: b\r\n\r\nc\r\n");
  }

  @Test
  void knowsWhetherEightBitsAreNeeded() {
    assertThat(SubmittedContent.of(octets("a\n")).bodyType()).isEqualTo(BodyType.SEVEN_BIT);
    assertThat(SubmittedContent.of(octets("\u00e4\n")).bodyType())
        .isEqualTo(BodyType.EIGHT_BIT_MIME);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a{CR}b{LF}, Line 1 has a carriage return",
        "a{LF}b{CR}, Line 2 has a carriage return",
        "a{LF}{LF}{NUL}{LF}, Line 3 has a NUL",
      })
  void refusesWhatSmtpCannotCarry(String file, String complaint) {
    byte[] octets = octets(file.replace("{CR}", "\r").replace("{LF}", "\n").replace("{NUL}", "\0"));

    assertThatThrownBy(() -> SubmittedContent.of(octets))
        .isInstanceOf(BadRequest.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void takesTheLongestLineButNotOneOctetMore() {
    assertThat(SubmittedContent.of(octets("x".repeat(998) + "\n")).octets()).hasSize(1000);
    assertThatThrownBy(() -> SubmittedContent.of(octets("x".repeat(999) + "\n")))
        .hasMessageContaining("more than 998 characters");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> SubmittedContent.of(new byte[0])).isInstanceOf(BadRequest.class);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(SubmittedContent content) {
    return new String(content.octets(), StandardCharsets.ISO_8859_1);
  }
}
