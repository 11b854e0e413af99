package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.smtp.Firewall.Verdict.CLOSE;
import static io.github.mailflowlab.lab.smtp.Firewall.Verdict.PASS;
import static io.github.mailflowlab.lab.smtp.Firewall.Verdict.RESET;
import static io.github.mailflowlab.lab.smtp.Firewall.Verdict.SWALLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.lab.smtp.Firewall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirewallTest {
  /** The content in two segments; n for CRLF. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "xn.n,     '',   PASS",
    "x,        n.n,  PASS",
    "x,        yn.n, PASS",
    "xn,       .n,   SWALLOW",
    "xn.,      n,    SWALLOW",
    "xn..,     n.n,  PASS",
    "x,        .n,   PASS"
  })
  void straddlingDotHangsWhenTheEndIsSpreadOverSegments(
      String first, String second, Firewall.Verdict verdict) {
    Firewall firewall = new StraddlingDot();
    assertThat(firewall.judge(crlf(first), true)).isEqualTo(PASS);
    assertThat(firewall.judge(crlf(second), true)).isEqualTo(verdict);
  }

  @Test
  void straddlingDotHangsInTheMiddleOfTheLineEndToo() {
    Firewall firewall = new StraddlingDot();
    assertThat(firewall.judge("x\r", true)).isEqualTo(PASS);
    assertThat(firewall.judge("\n.\r\n", true)).isEqualTo(SWALLOW);
  }

  @Test
  void straddlingDotDoesNotLookAtCommands() {
    Firewall firewall = new StraddlingDot();
    assertThat(firewall.judge("NOOP\r\n", false)).isEqualTo(PASS);
    assertThat(firewall.judge(".\r\n", false)).isEqualTo(PASS);
    assertThat(firewall.judge(".\r\n", true)).isEqualTo(PASS);
  }

  @Test
  void strictLimitsCloseAtTheFirstCharacterTooMany() {
    assertThat(new StrictLimits().judge("x".repeat(510) + "\r\n", false)).isEqualTo(PASS);
    assertThat(new StrictLimits().judge("x".repeat(511), false)).isEqualTo(CLOSE);
    assertThat(new StrictLimits().judge("x".repeat(998) + "\r\n", true)).isEqualTo(PASS);
    assertThat(new StrictLimits().judge("x".repeat(999), true)).isEqualTo(CLOSE);
  }

  @Test
  void strictLimitsCountALineOverSegments() {
    Firewall firewall = new StrictLimits();
    assertThat(firewall.judge("x".repeat(998), true)).isEqualTo(PASS);
    assertThat(firewall.judge("x", true)).isEqualTo(CLOSE);
  }

  @Test
  void strictLimitsCountTheRecipientsOfATransaction() {
    Firewall firewall = new StrictLimits();
    assertThat(firewall.judge("MAIL FROM:<>\r\n" + "RCPT TO:<b>\r\n".repeat(100), false))
        .isEqualTo(PASS);
    assertThat(firewall.judge("MAIL FROM:<>\r\n" + "rcpt TO:<b>\r\n".repeat(100), false))
        .isEqualTo(PASS);
    assertThat(firewall.judge("RCPT TO:<b>\r\n", false)).isEqualTo(CLOSE);
  }

  @Test
  void patternCutResetsWhereverThePatternIsCut() {
    String text = "Subject: x\r\n" + PatternCut.PATTERN + ": yes\r\n";
    for (int cut = 0; cut < text.length(); cut++) {
      Firewall firewall = new PatternCut();
      Firewall.Verdict first = firewall.judge(text.substring(0, cut), true);
      Firewall.Verdict second = firewall.judge(text.substring(cut), true);
      assertThat(first == RESET || second == RESET).as("cut at %d", cut).isTrue();
    }
    assertThat(new PatternCut().judge("X-Lab-Virtue", true)).isEqualTo(PASS);
  }

  private static String crlf(String text) {
    return text.replace("n", "\r\n");
  }
}
