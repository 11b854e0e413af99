package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is on the wire, byte by byte. */
@ExtendWith(LabExtension.class)
final class ShapeFaultTest {
  private final Lab lab;

  ShapeFaultTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void endsLinesInLfAlone() throws IOException {
    assertThat(replyToEhlo("shape.bare-lf"))
        .startsWith("250-shape-bare-lf")
        .contains("\n250-PIPELINING\n")
        .endsWith("\n")
        .doesNotContain("\r");
  }

  @Test
  void leavesOutWhatFollowsTheCode() throws IOException {
    try (StagedFault fault = lab.stage("shape.code-only");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example"))
          .startsWith("250-" + fault.smartHost().host())
          .contains("\n250-STARTTLS\n");
      assertThat(client.send("MAIL FROM:<>")).isEqualTo("250");
      assertThat(client.send("RCPT TO:<b@lab.example>")).isEqualTo("250");
      assertThat(client.send("DATA")).isEqualTo("354");
      assertThat(client.send("x\r\n.")).isEqualTo("250");
      assertThat(client.send("QUIT")).isEqualTo("221");
      assertThat(fault.received()).hasSize(1);
    }
  }

  @Test
  void leavesOutTheSeparator() throws IOException {
    assertThat(replyToEhlo("shape.no-separator")).isEqualTo("250ok\r\n");
  }

  @Test
  void mixesCodesInOneReply() throws IOException {
    assertThat(replyToEhlo("shape.mixed-codes")).isEqualTo("250-Hello\r\n550 Go away\r\n");
  }

  @Test
  void writesALineBeyondAllLimits() throws IOException {
    assertThat(replyToEhlo("shape.long-line")).startsWith("250 xxx").hasSize(100_006);
  }

  @Test
  void mixesControlAndEightBitCharactersIntoTheText() throws IOException {
    try (StagedFault fault = lab.stage("shape.binary");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<>"))
          .isEqualTo("250 2.1.0 Sender OK \0\u00ff\u001b[31m");
      assertThat(fault.sessions().get(0).transcript())
          .contains("S: 250 2.1.0 Sender OK \\x00\\xff\\x1b[31m");
    }
  }

  @Test
  void talksWithoutEndAndStopsWhenTheClientHangsUp() throws IOException {
    try (StagedFault fault = lab.stage("shape.endless")) {
      try (PlainClient client = PlainClient.connect(fault.smartHost())) {
        String reply = client.talk("EHLO client.example");
        assertThat(reply).startsWith("250-And another thing\n250-").hasSizeGreaterThan(100_000);
      }
      await().until(() -> fault.sessions().get(0).closed());
    }
  }

  @Test
  void endsLinesInCrAloneOrNotAtAll() throws IOException {
    assertThat(replyToEhlo("shape.bare-cr")).contains("\r250-PIPELINING\r").doesNotContain("\n");
    assertThat(replyToEhlo("shape.no-eol")).contains("\r\n250-").endsWith("\r\n250 SMTPUTF8");
  }

  @Test
  void answersWithACodeThatIsNone() throws IOException {
    assertThat(replyToEhlo("shape.out-of-range")).isEqualTo("600 Hello\r\n");
  }

  @Test
  void answersMailTwice() throws IOException {
    assertThat(repliesToEnvelope("shape.extra"))
        .isEqualTo("250 2.1.0|250 2.0.0|250 2.1.5|354 End d");
  }

  @Test
  void doesNotAnswerARecipient() throws IOException {
    assertThat(repliesToEnvelope("shape.missing")).isEqualTo("250 2.1.0|354 End d");
  }

  @Test
  void answersDataBeforeTheRecipients() throws IOException {
    assertThat(repliesToEnvelope("shape.disorder")).isEqualTo("250 2.1.0|354 End d|250 2.1.5");
  }

  @Test
  void contradictsItself() throws IOException {
    assertThat(repliesToEnvelope("shape.contradiction")).isEqualTo("250 2.1.0|550 4.2.0|554 5.5.1");
  }

  @Test
  void gluesTheRepliesToPipelinedCommandsTogether() throws IOException {
    try (StagedFault fault = lab.stage("shape.glued");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example");
      client.write("NOOP\r\nRSET\r\nNOOP\r\n");
      assertThat(client.segment()).isEqualTo("250 2.0.0 OK\r\n".repeat(3));
    }
  }

  @Test
  void splitsAReplyOverManySegments() throws IOException {
    try (StagedFault fault = lab.stage("shape.split");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.reply();
      client.write("EHLO client.example\r\n");
      StringBuilder reply = new StringBuilder();
      int segments = 0;
      while (!reply.toString().endsWith("250 SMTPUTF8\r\n")) {
        reply.append(client.segment());
        segments++;
      }
      assertThat(segments).isGreaterThan(1);
      assertThat(client.send("STARTTLS")).startsWith("220 ");
      client.startTls(new TrustEverything());
      assertThat(client.send("EHLO client.example")).endsWith("250 SMTPUTF8");
    }
  }

  /** The first nine characters of each line that answers MAIL, RCPT and DATA in one segment. */
  private String repliesToEnvelope(String id) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example");
      client.impatient().write("MAIL FROM:<>\r\nRCPT TO:<b@lab.example>\r\nDATA\r\n");
      return client
          .readAll()
          .lines()
          .map(line -> line.substring(0, 9))
          .collect(Collectors.joining("|"));
    }
  }

  private String replyToEhlo(String id) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.reply();
      client.impatient().write("EHLO client.example\r\n");
      return client.readAll();
    }
  }
}
