package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.status.SmtpReply;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private final Transcript transcript = new Transcript();

  @Test
  void marksWhoSpokeAndHow() {
    transcript.info("Connected");
    transcript.received(SmtpReply.of(220, "hello", "you"), false);
    transcript.sent("EHLO a", false);
    transcript.received(SmtpReply.of(502, "no"), false);
    transcript.sent("EHLO a", true);
    transcript.received(SmtpReply.of(250, ""), true);
    transcript.received(SmtpReply.of(451, "no"), true);
    transcript.problem("gone\u001b");

    assertThat(transcript.lines())
        .containsExactly(
            "=== Connected",
            "<- 220-hello",
            "<- 220 you",
            "-> EHLO a",
            "<** 502 no",
            "~> EHLO a",
            "<~ 250",
            "<~* 451 no",
            "*** gone\\x1B");
  }

  @Test
  void keepsBeginningAndEndOfALongDialogue() {
    for (int i = 1; i <= Transcript.MAX_HEAD + Transcript.MAX_TAIL + 1; i++) {
      transcript.sent("line " + i, false);
    }

    assertThat(transcript.lines())
        .startsWith("-> line 1")
        .contains("-> line 300", "=== 1 lines left out", "-> line 302")
        .doesNotContain("-> line 301")
        .endsWith("-> line 401");
  }

  @Test
  void cutsALongLine() {
    transcript.info("x".repeat(Transcript.MAX_LINE + 1));

    assertThat(transcript.lines().get(0)).hasSize("=== ".length() + Transcript.MAX_LINE + 3);
  }
}
