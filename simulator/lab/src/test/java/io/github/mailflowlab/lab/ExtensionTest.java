package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a healthy host takes, and refuses to a client that says what was not offered. */
@ExtendWith(LabExtension.class)
final class ExtensionTest {
  private final Lab lab;

  ExtensionTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void keepsTheParametersOfAMessage() throws IOException {
    try (StagedFault host = lab.stageHealthy();
        PlainClient client = PlainClient.connect(host.smartHost())) {
      client.talk(
          "EHLO client.example",
          "MAIL FROM:<\"a> b\"@contoso.example> ret=HDRS ENVID=id+2B1 SMTPUTF8",
          "RCPT TO:<"
              + bytes("j\u00fcrg@lab.example")
              + "> NOTIFY=success,DELAY"
              + " ORCPT=rfc822;j+40x",
          "DATA",
          ".");

      ReceivedMessage received = host.received().get(0);
      assertThat(received.reversePath()).isEqualTo("\"a> b\"@contoso.example");
      assertThat(received.mail().parameters())
          .isEqualTo(Map.of("RET", "HDRS", "ENVID", "id+2B1", "SMTPUTF8", ""));
      assertThat(received.recipients()).containsExactly("j\u00fcrg@lab.example");
      assertThat(received.rcpts().get(0).parameters())
          .isEqualTo(Map.of("NOTIFY", "success,DELAY", "ORCPT", "rfc822;j+40x"));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SIZE=0                     | 250 2.1.0 Sender OK
          SIZE=                      | 501 5.5.4 Expected MAIL FROM:<address>
          SIZE=x                     | 501 5.5.4 Bad value of SIZE
          SIZE                       | 501 5.5.4 Bad value of SIZE
          SIZE=1 SIZE=1              | 501 5.5.4 Expected MAIL FROM:<address>
          BODY=7BIT                  | 250 2.1.0 Sender OK
          BODY=8bitmime              | 250 2.1.0 Sender OK
          BODY=BINARYMIME            | 501 5.5.4 Bad value of BODY
          RET=FULL                   | 250 2.1.0 Sender OK
          RET=SOME                   | 501 5.5.4 Bad value of RET
          ENVID=a+3Db                | 250 2.1.0 Sender OK
          ENVID=a+3db                | 501 5.5.4 Bad value of ENVID
          ENVID=a=b                  | 501 5.5.4 Expected MAIL FROM:<address>
          SMTPUTF8                   | 250 2.1.0 Sender OK
          SMTPUTF8=yes               | 501 5.5.4 Bad value of SMTPUTF8
          NOTIFY=NEVER               | 555 5.5.4 Parameter not recognized: NOTIFY
          AUTH=<>                    | 555 5.5.4 Parameter not recognized: AUTH
          """)
  void answersMailWith(String parameters, String reply) throws IOException {
    try (StagedFault host = lab.stageHealthy();
        PlainClient client = PlainClient.connect(host.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<> " + parameters)).isEqualTo(reply);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOTIFY=NEVER                 | 250 2.1.5 Recipient OK
          NOTIFY=SUCCESS,FAILURE,DELAY | 250 2.1.5 Recipient OK
          NOTIFY=NEVER,SUCCESS         | 501 5.5.4 Bad value of NOTIFY
          NOTIFY=                      | 501 5.5.4 Expected RCPT TO:<address>
          ORCPT=rfc822;a@b             | 250 2.1.5 Recipient OK
          ORCPT=a@b                    | 501 5.5.4 Bad value of ORCPT
          ORCPT=rfc822;a+b             | 501 5.5.4 Bad value of ORCPT
          ORCPT=utf-8;a+b              | 250 2.1.5 Recipient OK
          RET=FULL                     | 555 5.5.4 Parameter not recognized: RET
          """)
  void answersRcptWith(String parameters, String reply) throws IOException {
    try (StagedFault host = lab.stageHealthy();
        PlainClient client = PlainClient.connect(host.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>");
      assertThat(client.send("RCPT TO:<b@lab.example> " + parameters)).isEqualTo(reply);
    }
  }

  @Test
  void refusesAnAddressBeyondAsciiThatWasNotAnnounced() throws IOException {
    try (StagedFault host = lab.stageHealthy();
        PlainClient client = PlainClient.connect(host.smartHost())) {
      String address = "<" + bytes("j\u00fcrg@lab.example") + ">";
      client.talk("EHLO client.example");
      assertThat(client.send("MAIL FROM:" + address)).startsWith("553 5.6.7 ");
      assertThat(client.send("MAIL FROM:<\u00ff@lab.example> SMTPUTF8")).startsWith("501 ");
      client.send("MAIL FROM:<>");
      assertThat(client.send("RCPT TO:" + address)).startsWith("553 5.6.7 ");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "SIZE, SIZE=1",
    "8BITMIME, BODY=8BITMIME",
    "SMTPUTF8, SMTPUTF8",
    "DSN, RET=FULL",
    "DSN, ENVID=1"
  })
  void refusesTheParametersOfAnExtensionItDoesNotOffer(String keyword, String parameter)
      throws IOException {
    try (StagedFault host = lab.stageHealthyWithout(keyword);
        PlainClient client = PlainClient.connect(host.smartHost())) {
      assertThat(client.talk("EHLO client.example")).doesNotContain(keyword);
      assertThat(client.send("MAIL FROM:<> " + parameter)).startsWith("555 5.5.4 ");
      assertThat(client.send("MAIL FROM:<>")).startsWith("250 ");
    }
  }

  @Test
  void saysNoStatusCodesWhereItDoesNotOfferThem() throws IOException {
    try (StagedFault host = lab.stageHealthyWithout("ENHANCEDSTATUSCODES");
        PlainClient client = PlainClient.connect(host.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<>")).isEqualTo("250 Sender OK");
      assertThat(client.send("DATA")).isEqualTo("554 No valid recipients");
    }
  }

  @Test
  void refusesPipelinedCommandsWhereItDoesNotOfferPipelining() throws IOException {
    try (StagedFault host = lab.stageHealthyWithout("PIPELINING");
        PlainClient client = PlainClient.connect(host.smartHost())) {
      client.talk("EHLO client.example");
      client.write("MAIL FROM:<>\r\nRCPT TO:<b@lab.example>\r\n");
      assertThat(client.reply()).isEqualTo("503 5.5.0 Improper pipelining");
      assertThat(client.reply()).isEqualTo("503 5.5.1 Bad sequence of commands");
      assertThat(client.send("MAIL FROM:<>")).startsWith("250 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH", "size"})
  void cannotLeaveOutWhatItDoesNotOffer(String keyword) {
    assertThatThrownBy(() -> lab.stageHealthyWithout(keyword))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("keyword: " + keyword + " (expected: one of [PIPELINING, ");
  }

  /** As the client writes it: a byte per character. */
  private static String bytes(String utf8) {
    return new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
