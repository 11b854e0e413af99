package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mailflowlab.mail.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Whatever a client says, cut wherever the network cuts it. */
final class IntakeSessionFuzzTest {
  /** What came of a session. */
  private record Seen(
      List<String> replies, List<Envelope> envelopes, List<String> contents, boolean closed) {}

  @FuzzTest
  void saysTheSameHoweverTheOctetsAreCut(byte[] octets) {
    Random cuts = new Random(Arrays.hashCode(octets));

    Seen whole = play(octets, () -> octets.length);

    assertThat(play(octets, () -> 1)).isEqualTo(whole);
    assertThat(play(octets, () -> 1 + cuts.nextInt(9))).isEqualTo(whole);
    assertThat(whole.replies())
        .allMatch(reply -> reply.matches("[2-5]\\d\\d[ -][\\x20-\\x7e\\n]*"));
    assertThat(whole.contents())
        .hasSameSizeAs(whole.envelopes())
        .allMatch(content -> content.matches("(?s)([^\\r\\n\\x00]|\\r\\n)*"))
        .allMatch(content -> content.startsWith("Received: "));
  }

  private static Seen play(byte[] octets, IntSupplier piece) {
    SessionDriver client = new SessionDriver();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + piece.getAsInt());
      client.send(text.substring(from, to));
      from = to;
    }
    return new Seen(client.replies(), client.envelopes, client.contents, client.isClosed());
  }
}
