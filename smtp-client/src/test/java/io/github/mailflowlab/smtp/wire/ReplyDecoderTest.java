package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.smtp.wire.ReplyDecoder.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyDecoderTest {
  /** Input with escapes, and what comes out: replies joined by a bar, or the broken rule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          250 ok\\r\\n                    ; 250 ok
          250\\r\\n                       ; 250
          250 \\r\\n                      ; 250
          250-\\r\\n250\\r\\n             ; 250- 250
          200 a\\r\\n                     ; 200 a
          599 a\\r\\n                     ; 599 a
          250-a\\r\\n250-b\\r\\n250 c\\r\\n ; 250-a 250-b 250 c
          250 a\\r\\n550 b\\r\\n          ; 250 a | 550 b
          250 a\\x1b[0m\\r\\n             ; 250 a\\x1B[0m
          199 a\\r\\n                     ; a reply code out of range ("199 a\\x0D\\x0A")
          600 a\\r\\n                     ; a reply code out of range ("600 a\\x0D\\x0A")
          2x0 a\\r\\n                     ; no reply code ("2x")
          -50 a\\r\\n                     ; no reply code ("-")
          25\\r\\n                        ; no reply code ("25\\x0D\\x0A")
          \\r\\n                          ; no reply code ("\\x0D\\x0A")
          SSH-2.0-x\\r\\n                 ; no reply code ("S")
          250ok\\r\\n                     ; no separator after the reply code ("250ok\\x0D\\x0A")
          2500\\r\\n                      ; no separator after the reply code ("2500\\x0D\\x0A")
          250-a\\r\\n550 b\\r\\n          ; the codes 250 and 550 in one reply ("550 b\\x0D\\x0A")
          250 a\\n                        ; a line that ends in a bare LF ("250 a")
          250 a\\rb\\r\\n                 ; a line with a bare CR ("250 a\\x0D")
          250 a\\r\\r\\n                  ; a line with a bare CR ("250 a\\x0D")
          250 a\\r\\n250-b\\r\\n250\\n    ; 250 a | a line that ends in a bare LF ("250")
          """)
  void readsWhatIsLegalAndNothingElseHoweverItIsCut(String input, String expected) {
    byte[] octets =
        input
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\x1b", "\u001b")
            .getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= octets.length; cut++) {
      assertThat(decodeCutAt(octets, cut)).as("cut at %d", cut).isEqualTo(expected);
    }
    assertThat(decodeOneByOne(octets)).isEqualTo(expected);
  }

  @Test
  void leavesWhatFollowsAReplyInTheBuffer() {
    ByteBuf in = Unpooled.copiedBuffer("220 go\r\n250 injected\r\n", StandardCharsets.US_ASCII);

    assertThat(new ReplyDecoder().decode(in)).isPresent();

    assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("250 injected\r\n");
  }

  @Test
  void takesTheLongestLineAndNotOneOctetMore() {
    String longest = "250 " + "x".repeat(ReplyDecoder.MAX_LINE - 6);

    assertThat(decode(longest + "\r\n")).startsWith("250 xxx");
    assertThat(decode(longest + "x\r\n")).startsWith("a line of more than 2048 octets");
  }

  @Test
  void takesTheLongestReplyAndNotOneLineMore() {
    String lines = "250-x\r\n".repeat(ReplyDecoder.MAX_LINES - 1);

    assertThat(decode(lines + "250 x\r\n")).endsWith("250 x");
    assertThat(decode(lines + "250-x\r\n")).startsWith("a reply of more than 128 lines");
  }

  @Test
  void boundsTheReplyAsAWhole() {
    String line = "250-" + "x".repeat(2000) + "\r\n";

    assertThat(decode(line.repeat(40))).startsWith("a reply of more than 65536 octets");
  }

  @Test
  void countsEachReplyForItself() {
    String reply = "250-" + "x".repeat(2000) + "\r\n250 x\r\n";

    assertThat(decode(reply.repeat(100)).split(" \\| ")).hasSize(100);
  }

  private static String decode(String text) {
    return decodeCutAt(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  private static String decodeCutAt(byte[] octets, int cut) {
    return decode(
        Unpooled.wrappedBuffer(octets, 0, cut),
        Unpooled.wrappedBuffer(octets, cut, octets.length - cut));
  }

  private static String decodeOneByOne(byte[] octets) {
    ByteBuf[] pieces = new ByteBuf[octets.length];
    for (int i = 0; i < octets.length; i++) {
      pieces[i] = Unpooled.wrappedBuffer(octets, i, 1);
    }
    return decode(pieces);
  }

  private static String decode(ByteBuf... pieces) {
    ReplyDecoder decoder = new ReplyDecoder();
    List<String> found = new ArrayList<>();
    for (ByteBuf piece : pieces) {
      while (piece.isReadable()) {
        Decoded decoded = decoder.decode(piece).orElse(null);
        if (decoded instanceof Decoded.Complete complete) {
          found.add(complete.reply().toString());
        } else if (decoded instanceof Decoded.Violation violation) {
          found.add(violation.what());
          return String.join(" | ", found);
        }
      }
    }
    return String.join(" | ", found);
  }
}
