package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  @Test
  void endsACommandInCrLf() {
    assertThat(written("MAIL FROM:<a~@b.example>")).isEqualTo("MAIL FROM:<a~@b.example>\r\n");
  }

  @Test
  void writesUtf8() {
    assertThat(written("RCPT TO:<j\u00f6rg\ud83d\ude00@b.example>"))
        .isEqualTo("RCPT TO:<j\u00f6rg\ud83d\ude00@b.example>\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\rb",
        "a\nb",
        "a\0b",
        "a\u007fb",
        "a\tb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\ud83d",
        "\ude00b",
        "a\ud83db"
      })
  void refusesWhatCouldBeTwoCommands(String command) {
    assertThatThrownBy(() -> written(command)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String written(String command) {
    ByteBuf out = Unpooled.buffer();
    CommandLine.write(command, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
