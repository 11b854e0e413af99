package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  @Test
  void endsACommandInCrLf() {
    assertThat(CommandLine.encode("MAIL FROM:<a~@b.example>"))
        .asString()
        .isEqualTo("MAIL FROM:<a~@b.example>\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\u007fb", "a\u00e4b", "a\tb"})
  void refusesWhatCouldBeTwoCommands(String command) {
    assertThatThrownBy(() -> CommandLine.encode(command))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
