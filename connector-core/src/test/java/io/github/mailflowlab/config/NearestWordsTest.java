package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestWordsTest {
  private static final List<String> WORDS =
      List.of("tcp.refused", "dns.refused", "tcp.blackhole", "smtp.rcpt.4yz", "smtp.rcpt.5yz");

  @Test
  void findsAMistypedWord() {
    assertThat(NearestWords.to("tcp.refusd", WORDS)).first().isEqualTo("tcp.refused");
    assertThat(NearestWords.to("TCP.BLACKHOLE", WORDS)).containsExactly("tcp.blackhole");
  }

  @Test
  void namesTheNearestFirst() {
    assertThat(NearestWords.to("tcp.refused2", WORDS))
        .containsExactly("tcp.refused", "dns.refused");
  }

  @Test
  void findsAWordByAPartOfIt() {
    assertThat(NearestWords.to("rcpt", WORDS)).containsExactly("smtp.rcpt.4yz", "smtp.rcpt.5yz");
  }

  @Test
  void guessesNothingForAWordThatIsLikeNone() {
    assertThat(NearestWords.to("certificate", WORDS)).isEmpty();
    assertThat(NearestWords.to("dns", List.of("tls", "dot"))).isEmpty();
    assertThat(NearestWords.to("", WORDS)).isEmpty();
    assertThat(NearestWords.to("x".repeat(1_000), List.of("x".repeat(999)))).isEmpty();
  }

  @Test
  void namesThreeAtMost() {
    assertThat(NearestWords.to("word", Collections.nCopies(5, "ward"))).hasSize(3);
  }

  @Test
  void asksInAMessage() {
    assertThat(NearestWords.hint("rcpt", WORDS))
        .isEqualTo(" (did you mean smtp.rcpt.4yz or smtp.rcpt.5yz?)");
    assertThat(NearestWords.hint("bored", WORDS)).isEmpty();
  }
}
