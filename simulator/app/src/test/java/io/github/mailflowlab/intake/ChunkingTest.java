package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BDAT (RFC 3030), cut at every octet. */
final class ChunkingTest {
  private static final String OK = "250 2.0.0";
  private static final String STORED = "250 2.6.0";
  private static final String NO_MAIL = "503 5.5.1";

  /** What follows RCPT, the bodies expected, and the replies. */
  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(bdat("Hi\r\n", true), "Hi\r\n", STORED),
        Arguments.of(bdat("Hi\r\n", false) + bdat("", true), "Hi\r\n", OK + "," + STORED),
        Arguments.of(bdat("", true), "", STORED),
        Arguments.of(bdat("", false) + bdat("", true), "", OK + "," + STORED),
        Arguments.of(bdat("a\r", false) + bdat("\nb", true), "a\r\nb\r\n", OK + "," + STORED),
        Arguments.of(bdat("..\r\n.\r\n.a", true), "..\r\n.\r\n.a\r\n", STORED),
        Arguments.of(bdat("x".repeat(998) + "\r\n", true), "x".repeat(998) + "\r\n", STORED),
        Arguments.of(
            bdat("RSET\r\nQUIT\r\n", true) + "NOOP\r\n", "RSET\r\nQUIT\r\n", STORED + "," + OK),
        Arguments.of("bdat 0004 last\r\nHi\r\n", "Hi\r\n", STORED),
        Arguments.of(bdat("a\nb", true), "-", "550 5.6.11"),
        Arguments.of(bdat("a\r", true), "-", "550 5.6.11"),
        Arguments.of(bdat("a\r", false) + bdat("b", true), "-", OK + ",550 5.6.11"),
        Arguments.of(bdat("a\0", true), "-", "550 5.6.0"),
        Arguments.of(bdat("x".repeat(999), true), "-", "550 5.6.0"),
        Arguments.of(
            bdat("a\n", false) + bdat("b", true) + "NOOP\r\n",
            "-",
            "550 5.6.11," + NO_MAIL + "," + OK),
        Arguments.of(
            bdat("a\r\n", false) + "DATA\r\n" + bdat("b", true),
            "a\r\nb\r\n",
            OK + ",503 5.5.1," + STORED),
        Arguments.of(
            bdat("a", false) + "RCPT TO:<b@c.example>\r\n" + bdat("b", true),
            "ab\r\n",
            OK + ",503 5.5.1," + STORED),
        Arguments.of(
            bdat("a", false) + "MAIL FROM:<>\r\n" + bdat("b", true),
            "ab\r\n",
            OK + ",503 5.5.1," + STORED),
        Arguments.of(
            bdat("a", false) + "RSET\r\n" + bdat("b\r\n", true),
            "-",
            OK + "," + OK + "," + NO_MAIL),
        Arguments.of(
            bdat("a", false) + "EHLO c.example\r\n" + bdat("b\r\n", true),
            "-",
            OK + ",250," + NO_MAIL),
        Arguments.of(
            bdat("a", false)
                + "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<a@c.example>\r\nDATA\r\nb\r\n.\r\n",
            "b\r\n",
            OK + "," + OK + ",250 2.1.0,250 2.1.5,354," + STORED));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isTheSameWhereverTheOctetsAreCut(String input, String body, String codes) {
    for (int cut = 0; cut <= input.length(); cut++) {
      SessionDriver client = readyForContent();

      client.send(input.substring(0, cut)).send(input.substring(cut));

      assertThat(client.codes()).as("cut at %d", cut).containsExactly(codes.split(","));
      assertThat(bodies(client)).isEqualTo(body.equals("-") ? List.of() : List.of(body));
    }
  }

  @Test
  void answersPipelinedChunksInOrder() {
    SessionDriver client = new SessionDriver();

    client.send(
        "EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@c.example>\r\nRCPT TO:<a@c.example>\r\n"
            + bdat("a", false)
            + bdat("b\r\n", true)
            + "MAIL FROM:<>\r\nQUIT\r\n");

    assertThat(client.codes())
        .containsExactly(
            "220",
            "250",
            "250 2.1.0",
            "550 5.4.1",
            "250 2.1.5",
            OK,
            STORED,
            "250 2.1.0",
            "221 2.0.0");
  }

  @Test
  void readsAndForgetsChunksWithoutATransactionOrRecipient() {
    SessionDriver client = new SessionDriver();
    client.send(bdat("QUIT\r\n", true)).lines("EHLO c.example").send(bdat("QUIT\r\n", false));
    client.lines("MAIL FROM:<>").send(bdat("QUIT\r\n", false));

    assertThat(client.codes())
        .containsExactly("220", NO_MAIL, "250", NO_MAIL, "250 2.1.0", "554 5.5.1");

    // Else a later chunk would be the whole message.
    client.lines("RCPT TO:<a@c.example>").send(bdat("b", true));

    assertThat(client.codes()).containsExactly(NO_MAIL, NO_MAIL);
    assertThat(client.contents).isEmpty();
  }

  @Test
  void countsAllChunksOfAMessageTogether() {
    SessionDriver client = readyForContent();
    client.send(bdat("x".repeat(997) + "\r\n", false)).send(bdat("x".repeat(999) + "\r\n", true));
    assertThat(client.codes()).containsExactly(OK, "550 5.6.0");

    client = readyForContent();
    client.send(bdat("x\r\n".repeat(666), false)).send(bdat("\r\n", true));
    assertThat(client.codes()).containsExactly(OK, STORED);

    client = readyForContent();
    client.send(bdat("x\r\n".repeat(666), false)).send(bdat("x\r\n", true)).lines("NOOP");
    assertThat(client.codes()).containsExactly(OK, "552 5.3.4", OK);
  }

  @Test
  void countsNoChunkBehindARefusedOneAsABadCommand() {
    SessionDriver client = readyForContent();
    List<String> expected = new ArrayList<>(List.of("552 5.3.4"));
    client.send(bdat("x\r\n".repeat(700), false));
    for (int i = 0; i < 50; i++) {
      client.send(bdat("x\r\n", i == 49));
      expected.add(NO_MAIL);
    }

    assertThat(client.codes()).isEqualTo(expected);
    assertThat(client.isClosed()).isFalse();
  }

  @Test
  void endsTheSessionWhenTheSizeCannotBeRead() {
    SessionDriver client = readyForContent();

    client.send("BDAT 1O LAST\r\nMAIL FROM:<>\r\n");

    assertThat(client.codes()).containsExactly("521 5.5.4");
    assertThat(client.isClosed()).isTrue();
  }

  private static SessionDriver readyForContent() {
    SessionDriver client = new SessionDriver();
    client.lines("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<a@c.example>").replies();
    return client;
  }

  private static String bdat(String octets, boolean last) {
    return "BDAT " + octets.length() + (last ? " LAST" : "") + "\r\n" + octets;
  }

  private static List<String> bodies(SessionDriver client) {
    return client.contents.stream()
        .map(content -> content.replaceFirst("(?s)^Received:.*? \\+0000\r\n", ""))
        .toList();
  }
}
