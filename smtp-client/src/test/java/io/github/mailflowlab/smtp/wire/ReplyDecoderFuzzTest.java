package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mailflowlab.smtp.wire.ReplyDecoder.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;

/** Whatever a peer says, cut wherever the network cuts it. */
final class ReplyDecoderFuzzTest {
  @FuzzTest
  void readsTheSameRepliesHoweverTheOctetsAreCut(byte[] octets) {
    Random cuts = new Random(Arrays.hashCode(octets));

    List<Decoded> whole = decode(octets, () -> octets.length);

    assertThat(decode(octets, () -> 1)).isEqualTo(whole);
    assertThat(decode(octets, () -> 1 + cuts.nextInt(9))).isEqualTo(whole);
    whole.forEach(ReplyDecoderFuzzTest::requireFitToShow);
  }

  /** What is found, up to the first violation. */
  private static List<Decoded> decode(byte[] octets, IntSupplier piece) {
    ReplyDecoder decoder = new ReplyDecoder();
    List<Decoded> found = new ArrayList<>();
    for (int from = 0; from < octets.length; ) {
      int length = Math.min(piece.getAsInt(), octets.length - from);
      ByteBuf in = Unpooled.wrappedBuffer(octets, from, length);
      from += length;
      while (in.isReadable()) {
        Optional<Decoded> decoded = decoder.decode(in);
        decoded.ifPresent(found::add);
        if (decoded.orElse(null) instanceof Decoded.Violation) {
          return found;
        }
      }
    }
    return found;
  }

  private static void requireFitToShow(Decoded decoded) {
    String shown = decoded.toString();
    if (decoded instanceof Decoded.Complete complete) {
      List<String> lines = complete.reply().lines();
      int octets = lines.stream().mapToInt(line -> line.length() + "250 \r\n".length()).sum();
      assertThat(lines).hasSizeLessThanOrEqualTo(ReplyDecoder.MAX_LINES);
      // One octet may be shown as four.
      assertThat(octets).isLessThanOrEqualTo(4 * ReplyDecoder.MAX_REPLY);
    } else {
      assertThat(shown).hasSizeLessThan(400);
    }
    assertThat(shown).matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\p{Cn}]*");
  }
}
