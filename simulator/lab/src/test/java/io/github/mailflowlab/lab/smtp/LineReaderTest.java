package io.github.mailflowlab.lab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
  @Test
  void cutsAtCrlfAndNowhereElseHoweverTheBytesCome() {
    byte[] bytes = "a\r\n\r\nb\nc\rd\r\r\n\u00ff\0\r\nrest".getBytes(StandardCharsets.ISO_8859_1);
    for (int cut = 0; cut <= bytes.length; cut++) {
      LineReader reader = new LineReader();
      List<String> lines = new ArrayList<>();
      drain(reader, Unpooled.wrappedBuffer(bytes, 0, cut), lines);
      drain(reader, Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut), lines);
      assertThat(lines).containsExactly("a", "", "b\nc\rd\r", "\u00ff\0");
    }
  }

  @Test
  void keepsOneCharacterMoreThanAllowed() {
    assertThat(read("x".repeat(LineReader.MAX_LENGTH))).hasSize(LineReader.MAX_LENGTH);
    assertThat(read("x".repeat(LineReader.MAX_LENGTH * 9))).hasSize(LineReader.MAX_LENGTH + 1);
  }

  @Test
  void forgetsAnUnfinishedLine() {
    LineReader reader = new LineReader();
    assertThat(reader.read(buffer("unfinished\r"))).isEmpty();
    reader.reset();
    assertThat(reader.read(buffer("\nNOOP\r\n"))).contains("\nNOOP");
  }

  private static void drain(LineReader reader, ByteBuf in, List<String> lines) {
    for (Optional<String> line = reader.read(in); line.isPresent(); line = reader.read(in)) {
      lines.add(line.get());
    }
  }

  private static String read(String line) {
    return new LineReader().read(buffer(line + "\r\n")).orElseThrow();
  }

  private static ByteBuf buffer(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }
}
