package io.github.mailflowlab.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodingTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a=b, a=3Db",
    "'blank at the end ', blank at the end=20",
    "'tab\t', tab=09",
    "ü, =C3=BC",
    "'a\n\nb\n', 'a\r\n\r\nb'",
  })
  void quotesWhatIsNotPrintable(String text, String encoded) {
    assertThat(QuotedPrintable.encode(text)).isEqualTo(encoded + "\r\n");
  }

  @Test
  void breaksALineAfterSeventyFiveCharactersAtTheLatest() {
    assertThat(QuotedPrintable.encode("x".repeat(75))).isEqualTo("x".repeat(75) + "\r\n");
    assertThat(QuotedPrintable.encode("x".repeat(76))).isEqualTo("x".repeat(75) + "=\r\nx\r\n");
    assertThat(QuotedPrintable.encode("x".repeat(73) + "==")).contains("x=\r\n=3D=3D\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Resolved: all (To on-premises)", "", "a ? b = c"})
  void leavesSafeTextAlone(String text) {
    assertThat(EncodedWords.encode(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zürich",
        "=?utf-8?B?aGk=?=",
        " leading",
        "61 characters ----------------------------------------------+",
        "日本語の長い名前のコネクタ、その先にあるのは契約相手のメールサーバーです",
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"
      })
  void wrapsAllElseIntoWordsThatDecodeToIt(String text) {
    String encoded = EncodedWords.encode(text);

    assertThat(encoded.split("\r\n ")).allMatch(word -> word.length() <= 64);
    assertThat(decode(encoded)).isEqualTo(text);
  }

  @Test
  void controlCharactersBecomeQuestionMarks() {
    assertThat(EncodedWords.encode("a\r\nb\0c\u007f")).isEqualTo("a??b?c?");
  }

  /** Each word must be decodable by itself, so no character is cut in two. */
  private static String decode(String words) {
    return Pattern.compile("=\\?utf-8\\?B\\?([^?]*)\\?=")
        .matcher(words)
        .results()
        .map(word -> new String(Base64.getDecoder().decode(word.group(1)), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }
}
