package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.lab.PathCommand;
import io.github.mailflowlab.lab.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceivedMessageAssertTest {
  private static final String CONTENT =
      "Subject: Your\r\n order\r\nX-Tag: a\r\nx-tag: b\r\n\r\nGrüße\r\nHidden: no header\r\n";

  private static ReceivedMessage message(boolean tls) {
    PathCommand mail =
        new PathCommand("MAIL FROM:<a@contoso.example>", "a@contoso.example", Map.of());
    byte[] content = CONTENT.getBytes(StandardCharsets.UTF_8);
    return new ReceivedMessage(1, 1, tls, mail, List.of(), content);
  }

  @Test
  void looksAtEnvelopeHeaderAndContent() {
    assertThat(message(true))
        .isFrom("a@contoso.example")
        .cameOverTls()
        .hasHeader("subject", "Your order")
        .hasHeader("X-Tag", "b")
        .hasNoHeader("X-Ta")
        .hasNoHeader("Hidden")
        .hasContentWith("Grüße");
    assertThat(message(false)).cameInClear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Your", "Your order ", ""})
  void tellsWhatStandsThereInstead(String subject) {
    assertThatThrownBy(() -> assertThat(message(true)).hasHeader("Subject", subject))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[Your order]");
  }

  @Test
  void failsOnTheOtherSide() {
    assertThatThrownBy(() -> assertThat(message(true)).isFrom(""))
        .hasMessageContaining("it is from <a@contoso.example>");
    assertThatThrownBy(() -> assertThat(message(true)).cameInClear())
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(message(false)).cameOverTls())
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(message(true)).hasNoHeader("X-TAG"))
        .hasMessageContaining("[a, b]");
    assertThatThrownBy(() -> assertThat(message(true)).hasContentWith("absent"))
        .hasMessageContaining("Grüße");
  }
}
