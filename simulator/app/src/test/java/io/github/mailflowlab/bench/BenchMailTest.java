package io.github.mailflowlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchMailTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 79, 80, 81, 82, 160, 161, 4096})
  void theBodyHasTheSizeAskedForInShortLines(int size) throws IOException {
    MessageContent content = BenchMail.ofSize(size);
    String mail = new String(content.open().readAllBytes(), StandardCharsets.US_ASCII);

    assertThat(mail).hasSize((int) content.size());
    String body = mail.substring(mail.indexOf("\r\n\r\n") + 4);
    assertThat(body).hasSize(size);
    assertThat(body.split("\r\n")).allMatch(line -> line.matches("X{0,78}"));
    assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
  }
}
