package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts to smuggle a second message, and what is legal beside them, cut at every octet. */
final class EndOfDataTest {
  private static final String SMUGGLED =
      "MAIL FROM:<evil@x.example>\r\nRCPT TO:<b@c.example>\r\nDATA\r\nevil";
  private static final String OK = "250 2.6.0";
  private static final String REFUSED = "550 5.6.11";

  /** What follows DATA, the body expected ("-" for none), and the reply. */
  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of("hello\r\n.\r\n", "hello\r\n", OK),
        Arguments.of(".\r\n", "", OK),
        Arguments.of("\r\n.\r\n", "\r\n", OK),
        Arguments.of("..\r\n.\r\n", ".\r\n", OK),
        Arguments.of("...\r\n.\r\n", "..\r\n", OK),
        Arguments.of(".a\r\n.\r\n", "a\r\n", OK),
        Arguments.of("a.\r\n.\r\n", "a.\r\n", OK),
        Arguments.of("a\r\n. \r\n.\r\n", "a\r\n \r\n", OK),
        Arguments.of("a\n.\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\n.\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n.\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n.\r" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r.\r" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r.\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n\r.\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n\n.\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n.\r\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\r\n.\0\r\n" + SMUGGLED + "\r\n.\r\n", "-", "550 5.6.0"),
        Arguments.of("\n.\r\n" + SMUGGLED + "\r\n.\r\n", "-", REFUSED),
        Arguments.of("a\0b\r\n.\r\n", "-", "550 5.6.0"),
        Arguments.of("x".repeat(998) + "\r\n.\r\n", "x".repeat(998) + "\r\n", OK),
        Arguments.of("." + ".".repeat(998) + "\r\n.\r\n", ".".repeat(998) + "\r\n", OK),
        Arguments.of("x".repeat(999) + "\r\n.\r\n", "-", "550 5.6.0"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isTheSameWhereverTheOctetsAreCut(String data, String body, String code) {
    String all = data + "NOOP\r\n";
    for (int cut = 0; cut <= all.length(); cut++) {
      SessionDriver client = new SessionDriver();
      client.lines("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<a@c.example>", "DATA").replies();

      client.send(all.substring(0, cut)).send(all.substring(cut));

      assertThat(client.codes()).as("cut at %d", cut).containsExactly(code, "250 2.0.0");
      assertThat(bodies(client)).as("cut at %d", cut).isEqualTo(expected(body));
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isTheSameOctetByOctet(String data, String body, String code) {
    SessionDriver client = new SessionDriver();
    client.lines("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<a@c.example>", "DATA").replies();

    data.chars().forEach(octet -> client.send(Character.toString(octet)));

    assertThat(client.codes()).containsExactly(code);
    assertThat(bodies(client)).isEqualTo(expected(body));
  }

  private static List<String> expected(String body) {
    return body.equals("-") ? List.of() : List.of(body);
  }

  private static List<String> bodies(SessionDriver client) {
    return client.contents.stream()
        .map(content -> content.replaceFirst("(?s)^Received:.*? \\+0000\r\n", ""))
        .toList();
  }
}
