package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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

  private String replyToEhlo(String id) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.reply();
      client.impatient().write("EHLO client.example\r\n");
      return client.readAll();
    }
  }
}
