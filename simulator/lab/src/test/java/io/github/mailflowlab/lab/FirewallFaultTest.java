package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Firewalls on the wire. What they look at is tested without one. */
@ExtendWith(LabExtension.class)
final class FirewallFaultTest {
  private final Lab lab;

  FirewallFaultTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void starsOutTheGreetingAndKnowsNoEsmtp() throws IOException {
    try (StagedFault fault = lab.stage("fw.pix-banner");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.reply()).matches("220 \\*{20,}");
      assertThat(client.send("EHLO client.example")).startsWith("500 ");
      assertThat(client.send("HELO client.example")).startsWith("250 ");
    }
  }

  @Test
  void masksKeywordsAndCommands() throws IOException {
    try (StagedFault fault = lab.stage("fw.asa-mask");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example"))
          .contains("250-XXXXXXXX\n", "250-8BITMIME\n", "250 SIZE")
          .doesNotContain("STARTTLS", "PIPELINING");
      assertThat(client.send("STARTTLS")).startsWith("50");
      assertThat(client.send("BDAT 1 LAST")).startsWith("500 ");
    }
  }

  @Test
  void letsTheEndOfAContentPassThatComesInOneSegment() throws IOException {
    try (StagedFault fault = lab.stage("fw.pix-dot");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThat(client.send("x\r\n.")).startsWith("250 2.6.0 ");
    }
  }

  @Test
  void closesAtALineBeyondItsLimit() throws IOException {
    try (StagedFault fault = lab.stage("fw.asa-limits");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "NOOP " + "x".repeat(505))).startsWith("250 ");
      assertThat(client.send("NOOP " + "x".repeat(506))).isEqualTo("EOF");
    }
  }

  @Test
  void resetsOnAPatternInTheContent() throws IOException {
    try (StagedFault fault = lab.stage("fw.content-cut");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThat(client.send("X-Lab-Virus: yes\r\n\r\n.")).isEqualTo("RST");
      assertThat(fault.received()).isEmpty();
    }
  }
}
