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
    "tls.offer.5yz, 554 5.7.3 TLS not available",
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
    "tls.hs.serverhello10, not accepted by client preferences",
    "tls.hs.cipher, Received fatal alert: handshake_failure",
    "tls.hs.internal, Received fatal alert: internal_error",
    "tls.hs.sni, Received fatal alert: unrecognized_name",
    "tls.hs.plain, Unsupported or unrecognized SSL message",
    "tls.hs.slow, Read timed out",
    "tls.hs.huge-chain, exceeds the maximum allowed",
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

  @Test
  void offersTlsToEverySecondClient() throws IOException {
    try (StagedFault fault = lab.stage("tls.offer.sometimes")) {
      for (boolean offers : new boolean[] {false, true, false}) {
        try (PlainClient client = PlainClient.connect(fault.smartHost())) {
          assertThat(client.talk("EHLO client.example").contains("STARTTLS")).isEqualTo(offers);
        }
      }
    }
  }

  @Test
  void masksTheOffer() throws IOException {
    try (StagedFault fault = lab.stage("tls.offer.masked");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example"))
          .contains("\n250-XXXXXXXA\n")
          .doesNotContain("STARTTLS");
      assertThat(client.send("STARTTLS")).startsWith("500 ");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tls.after.ehlo-5yz, 554 5.7.1 Not to you",
    "tls.after.no-caps, 250 tls-after-no-caps",
    "tls.after.starttls-again, '250-tls-after-starttls-again'"
  })
  void answersEhloWithinTls(String id, String seen) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example")).contains("PIPELINING", "STARTTLS");
      client.send("STARTTLS");
      client.startTls(new TrustEverything());
      String reply = client.send("EHLO client.example");
      assertThat(reply).startsWith(seen);
      assertThat(reply.contains("STARTTLS")).isEqualTo(id.endsWith("again"));
      assertThat(reply.contains("PIPELINING")).isEqualTo(id.endsWith("again"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tls.after.close-notify, * connection ended by the host",
    "tls.after.truncate, * connection cut by the host"
  })
  void endsTheConnectionRightAfterTheHandshake(String id, String note) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "STARTTLS");
      client.startTls(new TrustEverything());
      assertThat(client.reply()).isEqualTo("EOF");
      assertThat(fault.sessions().get(0).transcript()).last().isEqualTo(note);
    }
  }

  /** In TLS 1.3 the client is done with the handshake before the host has seen what is missing. */
  @Test
  void demandsAClientCertificate() throws IOException {
    try (StagedFault fault = lab.stage("tls.client-cert.13");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "STARTTLS");
      client.startTls(new TrustEverything(), "TLSv1.3");
      assertThat(client.send("EHLO client.example")).isEqualTo("RST");
    }
    try (StagedFault fault = lab.stage("tls.client-cert.12");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "STARTTLS");
      assertThatThrownBy(() -> client.startTls(new TrustEverything()))
          .isInstanceOf(IOException.class);
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
