package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.SmtpReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that would like to be two messages: it arrives as it is, as one, or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmugglingTest {
  private static final int BLOCK = 64 * 1024;

  private static final String SECOND =
      "MAIL FROM:<evil@b.example>\r\nRCPT TO:<evil@b.example>\r\nDATA\r\nSmuggled.\r\n.\r\n";

  private Lab lab;
  private SmtpTransport transport;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    transport = SmtpTransport.start(Mailing.settings(lab, Duration.ofSeconds(20)));
  }

  @AfterAll
  void stop() {
    transport.close();
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\r\r\n.\r\r\n",
        "\n\r.\r\n",
        "\r\n\r.\r\n",
        "\0\n.\r\n",
        "\r\0\n.\r\0\n",
        "\r\n.\0\n"
      })
  void refusesAnEndThatALenientServerWouldSee(String end) {
    for (String content : List.of("Hi" + end + SECOND, end + SECOND, "Hi" + end)) {
      try (StagedFault dotted = lab.stageHealthyWithout("CHUNKING");
          StagedFault chunked = lab.stageHealthy()) {
        for (StagedFault host : List.of(dotted, chunked)) {
          assertThat(deliver(host, content).failure())
              .hasValue(
                  new Failure.Unsendable(
                      SmtpReply.of(554, "5.6.0 The content has a line end that is not CRLF")));
          assertThat(host.received()).isEmpty();
        }
      }
    }
  }

  @Test
  void passesOnWhatOnlyLooksLikeAnEnd() {
    List<String> contents =
        List.of(
            "",
            ".",
            "..",
            ".\r\n",
            ".\r\n.\r\n",
            "\r\n.\r\n",
            "\0.\r\n",
            "Hi\r\n." + SECOND,
            "Hi\r\n.\r\n" + SECOND,
            "Hi\r\n..\r\n" + SECOND,
            "Hi\r\n. \r\n" + SECOND,
            "Hi\r\n.\0\r\n" + SECOND,
            "Hi\r\nBDAT 0 LAST\r\n" + SECOND,
            "Hi\r\n.");
    requireEachArrives(contents);
  }

  /** Where one block ends and the next one begins. */
  @Test
  void seesAcrossBlocks() {
    String end = "\r\n.\r\n";
    List<String> contents = new ArrayList<>();
    for (int before = 0; before <= end.length() + 1; before++) {
      contents.add("x".repeat(BLOCK - before) + end + SECOND);
    }
    requireEachArrives(contents);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\r\n.\n", "\n.\r\n", "\r.\r\n"})
  void seesAcrossBlocksWhatIsNoLineEnd(String end) {
    try (StagedFault dotted = lab.stageHealthyWithout("CHUNKING");
        StagedFault chunked = lab.stageHealthy()) {
      for (int before = 0; before <= end.length() + 1; before++) {
        String content = "x".repeat(BLOCK - before) + end + SECOND;
        for (StagedFault host : List.of(dotted, chunked)) {
          assertThat(deliver(host, content).failure().orElseThrow())
              .isInstanceOf(Failure.Unsendable.class);
          assertThat(host.received()).isEmpty();
        }
      }
    }
  }

  private void requireEachArrives(List<String> contents) {
    try (StagedFault dotted = lab.stageHealthyWithout("CHUNKING");
        StagedFault chunked = lab.stageHealthy()) {
      for (String content : contents) {
        assertThat(deliver(dotted, content).failure()).isEmpty();
        assertThat(deliver(chunked, content).failure()).isEmpty();
      }
      assertThat(textsOf(dotted)).isEqualTo(contents.stream().map(SmugglingTest::ended).toList());
      assertThat(textsOf(chunked)).isEqualTo(contents);
      assertThat(dotted.received()).allMatch(SmugglingTest::isOurs);
      assertThat(chunked.received()).allMatch(SmugglingTest::isOurs);
    }
  }

  private AttemptReport deliver(StagedFault host, String content) {
    MessageContent octets = MessageContent.of(content.getBytes(StandardCharsets.ISO_8859_1));
    return Mailing.reportOf(
        transport.start(
            Mailing.request(
                Mailing.connector(lab, TlsSettings.OPPORTUNISTIC, host), octets, Mailing.BOB)));
  }

  private static List<String> textsOf(StagedFault host) {
    return host.received().stream()
        .map(message -> new String(message.content(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static boolean isOurs(ReceivedMessage message) {
    return message.reversePath().equals("alice@sender.example")
        && message.recipients().equals(List.of(Mailing.BOB.toString()));
  }

  /** DATA cannot carry a last line without its end. */
  private static String ended(String content) {
    return content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
  }
}
