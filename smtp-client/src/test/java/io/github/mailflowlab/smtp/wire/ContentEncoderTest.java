package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
          a\\n.\\nMAIL     | a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n
          a\\r.\\rMAIL     | a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n
          a\\n.\\r\\nMAIL  | a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n
          a\\r\\n.\\rMAIL  | a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n
          a\\r             | a\\r\\n.\\r\\n
          a\\r\\r\\nb      | a\\r\\n\\r\\nb\\r\\n.\\r\\n
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

  private static String encoded(byte[] octets, int first, int second) {
    ContentEncoder encoder = new ContentEncoder();
    ByteBuf out = Unpooled.buffer();
    int from = 0;
    for (int to : new int[] {first, second, octets.length}) {
      byte[] block = Arrays.copyOfRange(octets, from, to);
      encoder.encode(block, block.length, out);
      from = to;
    }
    encoder.finish(out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }
}
