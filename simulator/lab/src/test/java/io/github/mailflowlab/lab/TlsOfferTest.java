package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LabExtension.class)
final class TlsOfferTest {
  private final Lab lab;

  TlsOfferTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void doesNotOfferTls() throws IOException {
    try (StagedFault fault = lab.stage("tls.offer.absent");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example"))
          .contains("PIPELINING", "8BITMIME", "SIZE 36700160", "ENHANCEDSTATUSCODES")
          .doesNotContain("STARTTLS");
      assertThat(client.send("STARTTLS")).isEqualTo("502 5.5.1 Command not implemented");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tls.offer.454, 454 4.7.0 TLS not available",
    "tls.offer.drop, EOF",
    "tls.offer.220-stall, 220 2.0.0 Ready to start TLS"
  })
  void offersTlsAndAnswersTheCommandWith(String id, String seen) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example")).contains("STARTTLS");
      assertThat(client.send("STARTTLS")).isEqualTo(seen);
    }
  }

  @Test
  void takesMailInTlsAloneWhereStartTlsIsDemanded() throws IOException {
    try (StagedFault fault = lab.stage("smtp.530-starttls");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<>")).startsWith("530 5.7.0 ");
      client.send("STARTTLS");
      client.startTls(new TrustEverything());
      client.send("EHLO client.example");
      assertThat(client.send("MAIL FROM:<>")).startsWith("250 ");
    }
  }

  @Test
  void knowsNothingNewerThanTls12WhereAskedTo() throws IOException {
    try (StagedFault host = lab.stageHealthyWithTls12()) {
      try (PlainClient client = PlainClient.connect(host.smartHost())) {
        client.talk("EHLO client.example", "STARTTLS");
        client.startTls(new TrustEverything());
        assertThat(client.send("NOOP")).startsWith("250 ");
        assertThat(host.sessions().get(0).transcript())
            .anyMatch(line -> line.endsWith("TLS is up: TLSv1.2"));
      }
      try (PlainClient client = PlainClient.connect(host.smartHost())) {
        client.talk("EHLO client.example", "STARTTLS");
        assertThatThrownBy(() -> client.startTls(new TrustEverything(), "TLSv1.3"))
            .hasMessageContaining("protocol_version");
      }
    }
  }

  @Test
  void gluesAnotherReplyToTheOneToStartTls() throws IOException {
    try (StagedFault fault = lab.stage("tls.offer.220-glued");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "STARTTLS"))
          .isEqualTo("220 2.0.0 Ready to start TLS");
      assertThat(client.reply()).isEqualTo("250 2.0.0 Hi");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tls.offer.220-stall, Read timed out",
    "tls.offer.220-plain, Unsupported or unrecognized SSL message",
    "tls.hs.version, Received fatal alert: protocol_version",
    "tls.hs.garbage, Unsupported or unrecognized SSL message",
    "tls.hs.eof, Remote host terminated the handshake",
    "tls.hs.rst, Connection reset",
    "tls.hs.stall, Read timed out"
  })
  void failsTheHandshake(String id, String seen) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "STARTTLS")).startsWith("220 ");
      if (seen.equals("Read timed out")) {
        client.impatient();
      }
      assertThatThrownBy(() -> client.startTls(new TrustEverything())).hasMessageContaining(seen);
    }
  }

  /** RFC 3207 4.2: what was said in clear is forgotten, and what came too early is never read. */
  @Test
  void dropsWhatTheClientSaidInClear() throws IOException {
    try (StagedFault healthy = lab.stageHealthy();
        PlainClient client = PlainClient.connect(healthy.smartHost())) {
      client.talk("EHLO client.example");
      String early = "STARTTLS\r\nEHLO mallory.example\r\nMAIL FROM:<mallory@contoso.example>\r\n";
      assertThat(client.sendRaw(early)).startsWith("220 ");
      client.startTls(new TrustEverything());
      assertThat(client.send("MAIL FROM:<a@contoso.example>")).startsWith("503 ");
      assertThat(client.send("EHLO client.example")).doesNotContain("STARTTLS");
      assertThat(client.send("STARTTLS")).startsWith("503 ");
      assertThat(client.send("MAIL FROM:<a@contoso.example>")).startsWith("250 ");
    }
  }
}
