package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentEncoderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | .\\r\\n
          a                | a\\r\\n.\\r\\n
          a\\r\\n          | a\\r\\n.\\r\\n
          a\\r\\n\\r\\n    | a\\r\\n\\r\\n.\\r\\n
          .                | ..\\r\\n.\\r\\n
          .\\r\\n          | ..\\r\\n.\\r\\n
          ..a\\r\\n        | ...a\\r\\n.\\r\\n
          a.\\r\\nb        | a.\\r\\nb\\r\\n.\\r\\n
          a\\r\\n.\\r\\nb  | a\\r\\n..\\r\\nb\\r\\n.\\r\\n
          """)
  void doublesDotsAndEndsLinesInCrLfHoweverItIsCut(String content, String expected) {
    byte[] octets = unescaped(content).getBytes(StandardCharsets.US_ASCII);
    for (int first = 0; first <= octets.length; first++) {
      for (int second = first; second <= octets.length; second++) {
        assertThat(encoded(octets, first, second))
            .as("cut at %d and %d", first, second)
            .isEqualTo(unescaped(expected));
      }
    }
  }

  /** All that could smuggle: every content of up to six such octets, cut at every point. */
  @Test
  void findsEveryLineEndThatIsNotCrLf() {
    byte[] alphabet = {'\r', '\n', '.', 'a', 0};
    for (int length = 0; length <= 6; length++) {
      int contents = (int) Math.pow(alphabet.length, length);
      for (int number = 0; number < contents; number++) {
        byte[] content = new byte[length];
        for (int i = 0, rest = number; i < length; i++, rest /= alphabet.length) {
          content[i] = alphabet[rest % alphabet.length];
        }
        String text = new String(content, StandardCharsets.US_ASCII);
        boolean fit = !text.replace("\r\n", "").matches("(?s).*[\r\n].*");
        for (int cut = 0; cut <= length; cut++) {
          ContentEncoder dotted = run(new ContentEncoder(true), content, cut, cut);
          ContentEncoder chunk = run(new ContentEncoder(false), content, cut, cut);
          assertThat(dotted.isUnfit()).as(text).isEqualTo(!fit);
          assertThat(chunk.isUnfit()).as(text).isEqualTo(!fit);
        }
        if (fit) {
          assertThat(received(encoded(content, length / 3, length / 2))).isEqualTo(ended(text));
        }
      }
    }
  }

  @Test
  void leavesAChunkAsItIs() {
    byte[] octets = "..a\r\n.\r\nb".getBytes(StandardCharsets.US_ASCII);
    ByteBuf out = Unpooled.buffer();
    ContentEncoder encoder = new ContentEncoder(false);
    encoder.encode(octets, octets.length, out);
    encoder.finish(out);

    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("..a\r\n.\r\nb");
  }

  /** A chunk is whole with its last octet, and then it is too late to find it unfit. */
  @Test
  void holdsBackACrUntilItsLf() {
    ByteBuf out = Unpooled.buffer();
    ContentEncoder encoder = new ContentEncoder(false);
    encoder.encode(new byte[] {'a', '\r'}, 2, out);
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("a");

    encoder.encode(new byte[] {'\n', '\r'}, 2, out);
    encoder.finish(out);

    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("a\r\n");
    assertThat(encoder.isUnfit()).isTrue();
  }

  /** What a strict server makes of it: the content up to the first lone dot, which must be last. */
  private static String received(String sent) {
    int end = ("\r\n" + sent).indexOf("\r\n.\r\n");
    assertThat(end).as(sent).isEqualTo(sent.length() - 3);
    return sent.substring(0, end).replaceAll("(?m)^\\.", "");
  }

  private static String ended(String content) {
    return content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
  }

  private static String encoded(byte[] octets, int first, int second) {
    ByteBuf out = Unpooled.buffer();
    ContentEncoder encoder = run(new ContentEncoder(true), octets, first, second, out);
    assertThat(encoder.isUnfit()).isFalse();
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static ContentEncoder run(ContentEncoder encoder, byte[] octets, int first, int second) {
    return run(encoder, octets, first, second, Unpooled.buffer());
  }

  private static ContentEncoder run(
      ContentEncoder encoder, byte[] octets, int first, int second, ByteBuf out) {
    int from = 0;
    for (int to : new int[] {first, second, octets.length}) {
      byte[] block = Arrays.copyOfRange(octets, from, to);
      encoder.encode(block, block.length, out);
      from = to;
    }
    encoder.finish(out);
    return encoder;
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }
}
