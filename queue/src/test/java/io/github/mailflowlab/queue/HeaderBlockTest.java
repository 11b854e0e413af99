package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a header that anybody may have written. */
final class HeaderBlockTest {
  @Test
  void endsAtTheFirstBlankLine() throws IOException {
    HeaderBlock header = read("Subject: x\r\nTo: y\r\n\r\nMessage-ID: <1@a.example>\r\n");
    assertThat(header.text()).isEqualTo("Subject: x\r\nTo: y\r\n");
    assertThat(header.messageId()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "<1@contoso.example>, true",
    "  <1@contoso.example>  , true",
    "<a!#$%&'*+/=?^_`{|}~-@[127.0.0.1]>, true",
    "1@contoso.example, false",
    "<1@contoso.example> (comment), false",
    "<a b@contoso.example>, false",
    "<<1@contoso.example>, false",
    "<>, false",
    "<ü@contoso.example>, false",
  })
  void takesOnlyAWellFormedMessageId(String value, boolean taken) throws IOException {
    assertThat(read("Message-Id: " + value + "\r\n\r\n").messageId().isPresent()).isEqualTo(taken);
  }

  @ParameterizedTest(name = "{0} characters")
  @CsvSource({"250, true", "251, false"})
  void takesOnlyAMessageIdOfReasonableLength(int length, boolean taken) throws IOException {
    assertThat(read("Message-ID: <" + "x".repeat(length) + ">\r\n\r\n").messageId().isPresent())
        .isEqualTo(taken);
  }

  @Test
  void readsAnythingWithoutFailing() throws IOException {
    List<String> pieces =
        List.of(
            "Subject:",
            "Message-ID:",
            "=?",
            "?=",
            "?q?",
            "?b?",
            "?",
            "=",
            "utf-8",
            "utf-16",
            "*en",
            "=0D",
            "=0A",
            "====",
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            "\u0000",
            "\u0085",
            "ü",
            "漢",
            "x");
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("Subject: ");
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      HeaderBlock header = read(text.toString());
      assertThat(header.subject().chars()).as("seed %s", seed).noneMatch(Character::isISOControl);
      header.messageId();
    }
  }

  private static HeaderBlock read(String text) throws IOException {
    return HeaderBlock.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
