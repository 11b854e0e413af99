package io.github.mailflowlab.lab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentReaderTest {
  /** Sent, kept, and what is left unread; r and n for CR and LF. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    ".rn, '', ''",
    "xrn.rn, xrn, ''",
    "xrn.rnQUITrn, xrn, QUITrn",
    "..rn.rn, .rn, ''",
    "...rn.rn, ..rn, ''",
    ".xrn.rn, xrn, ''",
    "x.rn.rn, x.rn, ''",
    "xn.nrn.rn, xn.nrn, ''",
    "xr.rrn.rn, xr.rrn, ''",
    "xn.rnrn.rn, xn.rnrn, ''",
    "xrn.nrn.rn, xrnnrn, ''",
    "xrn.rxrn.rn, xrnrxrn, ''",
    "xrn.rrn.rn, xrnrrn, ''",
    "rrn.rn, rrn, ''",
    "rn.rn, rn, ''"
  })
  void endsOnlyAtCrlfDotCrlfHoweverItIsCut(String sent, String kept, String left) {
    byte[] bytes = bytes(sent);
    for (int cut = 0; cut <= bytes.length; cut++) {
      ContentReader reader = new ContentReader();
      ByteBuf first = Unpooled.wrappedBuffer(bytes, 0, cut);
      ByteBuf second = Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut);
      boolean ended = reader.read(first) || reader.read(second);
      assertThat(ended).isTrue();
      assertThat(reader.content()).isEqualTo(bytes(kept));
      assertThat(first.readableBytes() + second.readableBytes()).isEqualTo(left.length());
    }
  }

  @Test
  void keepsNothingBeyondTheLimit() {
    assertThat(readText(ContentReader.MAX_SIZE - 2).tooBig()).isFalse();
    ContentReader reader = readText(ContentReader.MAX_SIZE - 1);
    assertThat(reader.tooBig()).isTrue();
    assertThat(reader.content()).hasSize(ContentReader.MAX_SIZE);
  }

  private static ContentReader readText(int length) {
    ContentReader reader = new ContentReader();
    ByteBuf text = Unpooled.wrappedBuffer(new byte[length]);
    assertThat(reader.read(text)).isFalse();
    assertThat(reader.read(Unpooled.wrappedBuffer(bytes("rn.rn")))).isTrue();
    return reader;
  }

  private static byte[] bytes(String text) {
    return text.replace('r', '\r').replace('n', '\n').getBytes(StandardCharsets.ISO_8859_1);
  }
}
