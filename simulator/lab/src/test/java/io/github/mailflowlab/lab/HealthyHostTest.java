package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.failure.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LabExtension.class)
final class HealthyHostTest {
  private final StagedFault host;
  private final PlainClient client;

  HealthyHostTest(Lab lab) throws IOException {
    host = lab.stageHealthy();
    client = PlainClient.connect(host.smartHost());
  }

  @AfterEach
  void close() {
    client.close();
    host.close();
  }

  @Test
  void storesWhatItGets() {
    client.talk("EHLO client.example", "MAIL FROM:<a@contoso.example> SIZE=9 BODY=8BITMIME");
    client.send("RCPT TO:<b@lab.example>");
    client.send("RCPT TO:<c@lab.example> NOTIFY=NEVER");
    client.send("DATA");
    assertThat(client.sendRaw("caf\u00e9\r\n..dot\r\n\r\nlone\nlf\r\n.\r\n"))
        .isEqualTo("250 2.6.0 Message accepted");
    byte[] content = "caf\u00e9\r\n.dot\r\n\r\nlone\nlf\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(host.received())
        .containsExactly(
            new ReceivedMessage(
                1,
                1,
                false,
                new PathCommand(
                    "MAIL FROM:<a@contoso.example> SIZE=9 BODY=8BITMIME",
                    "a@contoso.example",
                    Map.of("SIZE", "9", "BODY", "8BITMIME")),
                List.of(
                    new PathCommand("RCPT TO:<b@lab.example>", "b@lab.example", Map.of()),
                    new PathCommand(
                        "RCPT TO:<c@lab.example> NOTIFY=NEVER",
                        "c@lab.example",
                        Map.of("NOTIFY", "NEVER"))),
                content));
  }

  @Test
  void takesSeveralMessagesInOneSessionAndPipelinedCommands() throws IOException {
    client.talk("EHLO client.example");
    for (int i = 0; i < 3; i++) {
      client.write("MAIL FROM:<>\r\nRCPT TO:<b" + i + "@lab.example>\r\nDATA\r\n");
      assertThat(List.of(client.reply(), client.reply(), client.reply()))
          .containsExactly(
              "250 2.1.0 Sender OK", "250 2.1.5 Recipient OK", "354 End data with <CRLF>.<CRLF>");
      client.send(i + "\r\n.");
    }
    assertThat(host.received())
        .extracting(message -> new String(message.content(), StandardCharsets.US_ASCII))
        .containsExactly("0\r\n", "1\r\n", "2\r\n");
    assertThat(host.received()).extracting(ReceivedMessage::ordinal).containsExactly(1, 2, 3);
    assertThat(host.received()).extracting(ReceivedMessage::session).containsOnly(1);
    assertThat(host.sessionCount()).isEqualTo(1);
    assertThat(host.received()).extracting(ReceivedMessage::reversePath).containsOnly("");
  }

  @Test
  void recordsTheSessionFromBothSides() {
    client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
    client.send("x\r\n.");
    assertThat(client.send("QUIT")).isEqualTo("221 2.0.0 Bye");
    assertThat(client.reply()).isEqualTo("EOF");
    client.close();
    await().until(() -> host.sessions().get(0).closed());
    String name = host.smartHost().host();
    assertThat(host.sessions())
        .containsExactly(
            new SessionRecord(
                1,
                Stage.QUIT,
                false,
                1,
                1,
                true,
                List.of(),
                List.of(
                    "S: 220 " + name + " ESMTP Mail Flow Lab",
                    "C: EHLO client.example",
                    "S: 250-" + name,
                    "S: 250-PIPELINING",
                    "S: 250-8BITMIME",
                    "S: 250-STARTTLS",
                    "S: 250-SIZE 36700160",
                    "S: 250-ENHANCEDSTATUSCODES",
                    "S: 250-CHUNKING",
                    "S: 250-DSN",
                    "S: 250 SMTPUTF8",
                    "C: MAIL FROM:<>",
                    "S: 250 2.1.0 Sender OK",
                    "C: RCPT TO:<b@lab.example>",
                    "S: 250 2.1.5 Recipient OK",
                    "C: DATA",
                    "S: 354 End data with <CRLF>.<CRLF>",
                    "C: [6 bytes of content]",
                    "S: 250 2.6.0 Message accepted",
                    "C: QUIT",
                    "S: 221 2.0.0 Bye",
                    "* connection ended by the host")));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "NOOP, MAIL FROM:<a@contoso.example>, 503 5.5.1 Bad sequence of commands",
    "EHLO x, RCPT TO:<b@lab.example>, 503 5.5.1 Bad sequence of commands",
    "EHLO x, DATA, 503 5.5.1 Bad sequence of commands",
    "EHLO x, MAIL FROM:a@contoso.example, 501 5.5.4 Expected MAIL FROM:<address>",
    "EHLO x, MAIL FROM:<a@contoso.example>SIZE=1, 501 5.5.4 Expected MAIL FROM:<address>",
    "EHLO x, MAIL FROM:<a@contoso.example> SIZE=36700160, 250 2.1.0 Sender OK",
    "EHLO x, MAIL FROM:<a@contoso.example> SIZE=36700161, 552 5.3.4 Message too big",
    "EHLO x, MAIL FROM:<a@b.example> BODY=7BIT SIZE=99999999, 552 5.3.4 Message too big",
    "MAIL FROM:<>, RCPT TO:<>, 501 5.5.4 Expected RCPT TO:<address>",
    "MAIL FROM:<>, RCPT TO:<b@lab.example, 501 5.5.4 Expected RCPT TO:<address>",
    "MAIL FROM:<>, DATA, 554 5.5.1 No valid recipients",
    "MAIL FROM:<>, MAIL FROM:<>, 503 5.5.1 Bad sequence of commands",
    "MAIL FROM:<>, STARTTLS, 503 5.5.1 Bad sequence of commands",
    "NOOP, STARTTLS, 503 5.5.1 Bad sequence of commands",
    "HELO x, mail from:<>, 250 2.1.0 Sender OK",
    "HELO x, VRFY b, '252 2.1.5 Cannot verify, will try'",
    "RSET, XYZZY, 500 5.5.1 Unrecognized command",
    "HELO x, MAIL FROM:<> SIZE=1, 555 5.5.4 Parameter not recognized: SIZE"
  })
  void answers(String before, String command, String reply) {
    if (before.startsWith("MAIL")) {
      client.talk("EHLO client.example", before);
    } else {
      client.talk(before);
    }
    assertThat(client.send(command)).isEqualTo(reply);
  }

  @Test
  void refusesARecipientTooMany() throws IOException {
    client.talk("EHLO client.example", "MAIL FROM:<>");
    StringBuilder pipelined = new StringBuilder();
    IntStream.range(0, 1_000).forEach(i -> pipelined.append("RCPT TO:<b@lab.example>\r\n"));
    client.write(pipelined.toString());
    for (int i = 0; i < 1_000; i++) {
      assertThat(client.reply()).isEqualTo("250 2.1.5 Recipient OK");
    }
    assertThat(client.send("RCPT TO:<b@lab.example>")).isEqualTo("452 4.5.3 Too many recipients");
  }

  @Test
  void survivesALineBeyondTheLimitAndBytesThatAreNoSmtp() {
    client.talk("EHLO client.example");
    assertThat(client.send("NOOP " + "x".repeat(2_043))).isEqualTo("250 2.0.0 OK");
    assertThat(client.send("NOOP " + "x".repeat(2_044))).isEqualTo("500 5.5.2 Line too long");
    assertThat(client.send("x".repeat(500_000))).isEqualTo("500 5.5.2 Line too long");
    assertThat(client.send("\u0016\u0003\u0001\0\n\r\u00ff")).startsWith("500 ");
    assertThat(client.send("NOOP")).isEqualTo("250 2.0.0 OK");
  }

  @Test
  void refusesContentBeyondTheLimitAndGoesOn() throws IOException {
    client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
    String line = "x".repeat(998) + "\r\n";
    for (int i = 0; i < 36; i++) {
      client.write(line.repeat(1_020));
    }
    assertThat(client.send(".")).isEqualTo("552 5.3.4 Message too big");
    assertThat(host.received()).isEmpty();
    assertThat(client.send("MAIL FROM:<>")).isEqualTo("250 2.1.0 Sender OK");
  }

  @Test
  void startsOver() throws IOException {
    client.talk("EHLO client.example", "MAIL FROM:<a@contoso.example>");
    assertThat(host.sessions()).hasSize(1);

    host.startOver();

    assertThat(client.reply()).isIn("EOF", "RST");
    assertThat(host.sessions()).isEmpty();
    assertThat(host.sessionCount()).isZero();
    try (PlainClient after = PlainClient.connect(host.smartHost())) {
      after.talk("EHLO client.example");
      assertThat(host.sessions()).extracting(SessionRecord::number).containsExactly(1);
    }
  }
}
