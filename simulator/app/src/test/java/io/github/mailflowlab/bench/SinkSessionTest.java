package io.github.mailflowlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkSessionTest {
  private final LongAdder messages = new LongAdder();
  private final EmbeddedChannel channel = new EmbeddedChannel(new SinkSession(messages));

  /** The codes of the replies and the number of messages, for input cut into pieces. */
  @ParameterizedTest
  @CsvSource({
    "'EHLO x|MAIL FROM:<>|RCPT TO:<a@x>|DATA|', 220 250 250 250 250 250 250 354, 0",
    "'data|.|QUIT|', 220 354 250 221, 1",
    "'DATA|X|..X|.X|X.|...|.|NOOP|', 220 354 250 250, 1",
    "'DATA|X|.|DATA|.|', 220 354 250 354 250, 2",
    "'BDAT 4 LAST|NOOPNOOP|', 220 250 250, 1",
    "'BDAT 2|XXBDAT 0 LAST|', 220 250 250, 1",
    "'BDAT 3 last|.|BDAT|BDAT x|', 220 250 500 500, 1",
    "'VRFY x||', 220 500 500, 0",
  })
  void repliesToEachCommandAndEachMessage(String input, String codes, int count) {
    for (int size : new int[] {1, 2, 3, 5, 1000}) {
      LongAdder found = new LongAdder();
      EmbeddedChannel cut = new EmbeddedChannel(new SinkSession(found));
      String octets = input.replace("|", "\r\n");
      for (int i = 0; i < octets.length(); i += size) {
        send(cut, octets.substring(i, Math.min(octets.length(), i + size)));
      }
      assertThat(codes(cut)).as("pieces of %d", size).isEqualTo(codes);
      assertThat(found.sum()).as("pieces of %d", size).isEqualTo(count);
    }
  }

  @Test
  void aLongLineOfContentIsNotKept() {
    send(channel, "DATA\r\n");
    for (int i = 0; i < 1000; i++) {
      send(channel, "X".repeat(1000));
    }
    send(channel, ".\r\n.\r\n");

    assertThat(messages.sum()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 2049})
  void aCommandHasALimit(int octets) {
    send(channel, "X".repeat(octets));

    assertThat(channel.isOpen()).isEqualTo(octets <= 2048);
  }

  private static void send(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private static String codes(EmbeddedChannel channel) {
    StringBuilder replies = new StringBuilder();
    for (ByteBuf reply = channel.readOutbound(); reply != null; reply = channel.readOutbound()) {
      replies.append(reply.toString(StandardCharsets.US_ASCII));
    }
    return replies
        .toString()
        .replaceAll("(\\d{3})-[^\\r]*\\r\\n|(\\d{3}) [^\\r]*\\r\\n", "$1$2 ")
        .strip();
  }
}
