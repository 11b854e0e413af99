package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whatever a bug lets into a command: it is one line, or it is not sent. */
final class CommandLineFuzzTest {
  @FuzzTest
  void writesOneLineOrNothing(byte[] octets) {
    String command = text(octets);
    ByteBuf out = Unpooled.buffer();
    try {
      CommandLine.write(command, out);
    } catch (IllegalArgumentException refused) {
      assertThat(out.isReadable()).isFalse();
      return;
    }
    String line = out.toString(StandardCharsets.UTF_8);
    assertThat(line).isEqualTo(command + "\r\n");
    assertThat(command).doesNotMatch("(?s).*[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}].*");
  }

  /** ASCII as it is; any other octet announces a character of two octets, of all there are. */
  private static String text(byte[] octets) {
    StringBuilder text = new StringBuilder();
    ByteBuffer in = ByteBuffer.wrap(octets);
    while (in.hasRemaining()) {
      byte octet = in.get();
      text.append(octet < 0 && in.remaining() >= 2 ? in.getChar() : (char) (octet & 0x7f));
    }
    return text.toString();
  }
}
