package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentReceiverTest {
  private static final byte[] TRACE_LINE = "Received: x\r\n".getBytes(StandardCharsets.US_ASCII);

  private static ContentOutcome receive(String text, long maxSize) {
    ContentReceiver receiver = ContentReceiver.ofData(TRACE_LINE, maxSize);
    assertThat(receiver.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))))
        .isTrue();
    return receiver.finish();
  }

  private static SmtpReply refusal(String text, long maxSize) {
    return ((ContentOutcome.Refused) receive(text, maxSize)).reply();
  }

  @Test
  void countsNeitherTraceLineNorDotStuffingNorFinalDot() {
    assertThat(receive("..23456\r\n.\r\n", 8)).isInstanceOf(ContentOutcome.Received.class);
    assertThat(refusal("..234567\r\n.\r\n", 8)).isEqualTo(IntakeReplies.TOO_LARGE);
  }

  @Test
  void leavesWhatFollowsTheEndUnread() {
    ByteBuffer octets = ByteBuffer.wrap("a\r\n.\r\nQUIT".getBytes(StandardCharsets.US_ASCII));

    assertThat(ContentReceiver.ofData(TRACE_LINE, 100).accept(octets)).isTrue();

    assertThat(octets.remaining()).isEqualTo(4);
  }

  @Test
  void takesTwentyHopsAndNotOneMore() {
    String twenty = "received: from x\r\n".repeat(20);

    assertThat(receive(twenty + "\r\nb\r\n.\r\n", 10_000))
        .isInstanceOf(ContentOutcome.Received.class);
    assertThat(refusal(twenty + "RECEIVED:\r\n\r\nb\r\n.\r\n", 10_000))
        .isEqualTo(SmtpReply.of(554, "5.4.14 Hop count exceeded - possible mail loop"));
  }

  @Test
  void countsHopsInTheHeaderOnly() {
    String text = "Received-SPF: x\r\nX-Received: y\r\n".repeat(21);
    String body = "Received: from x\r\n".repeat(21);

    assertThat(receive(text + "\r\n" + body + ".\r\n", 10_000))
        .isInstanceOf(ContentOutcome.Received.class);
  }

  @Test
  void letsTheFirstFlawDecide() {
    assertThat(refusal("ab\nb\0\r\n.\r\n", 1)).isEqualTo(IntakeReplies.TOO_LARGE);
    assertThat(refusal("\nb\0\r\n.\r\n", 100)).isEqualTo(IntakeReplies.BARE_LINE_END);
    assertThat(refusal("\0\nb\r\n.\r\n", 100)).isEqualTo(IntakeReplies.NUL_IN_CONTENT);
  }

  @Test
  void noticesOctetsAboveSevenBits() {
    assertThat(((ContentOutcome.Received) receive("\u007f\r\n.\r\n", 100)).found())
        .isEqualTo(BodyType.SEVEN_BIT);
    assertThat(((ContentOutcome.Received) receive("\u0080\r\n.\r\n", 100)).found())
        .isEqualTo(BodyType.EIGHT_BIT_MIME);
  }

  @ParameterizedTest
  @CsvSource({
    "S: a, b, false",
    "S: \u0080, b, true",
    "S: a, \u0080, false",
  })
  void noticesOctetsAboveSevenBitsInTheHeader(String header, String body, boolean eightBit) {
    String text = header + "\r\n\r\n" + body + "\r\n.\r\n";

    assertThat(((ContentOutcome.Received) receive(text, 100)).eightBitHeader()).isEqualTo(eightBit);
  }

  @Test
  void holdsSmallContentInMemoryAndLargeInAFile() throws IOException {
    int lines = ContentBuffer.MAX_IN_MEMORY / 64;
    String line = "x".repeat(62) + "\r\n";

    assertThat(content(line.repeat(lines - 1)).isInMemory()).isTrue();
    MessageContent spilled = content(line.repeat(lines + 5000));

    assertThat(spilled.isInMemory()).isFalse();
    assertThat(spilled.size()).isEqualTo(TRACE_LINE.length + 64L * (lines + 5000));
    for (int time = 0; time < 2; time++) {
      try (InputStream stream = spilled.open()) {
        assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
            .isEqualTo("Received: x\r\n" + line.repeat(lines + 5000));
      }
    }
  }

  @Test
  void forgetsAFileWhenClosed() throws IOException {
    ContentOutcome.Received received =
        (ContentOutcome.Received) receive("x\r\n".repeat(200_000) + ".\r\n", 1_000_000);

    received.content().close();

    try (InputStream stream = received.content().content().open()) {
      assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }
  }

  private static MessageContent content(String lines) {
    return ((ContentOutcome.Received) receive(lines + ".\r\n", 10_000_000)).content().content();
  }
}
