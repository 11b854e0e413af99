package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one reply does not show. */
@ExtendWith(LabExtension.class)
final class TransactionFaultTest {
  private static final String MEGABYTE = ("x".repeat(1_022) + "\r\n").repeat(1_024);

  private final Lab lab;

  TransactionFaultTest(Lab lab) {
    this.lab = lab;
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp.ehlo.500", "smtp.ehlo.502"})
  void takesMailAfterHelo(String id) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("ehlo client.example")).startsWith("50");
      assertThat(client.send("HELO client.example")).isEqualTo("250 " + fault.smartHost().host());
      assertThat(client.send("MAIL FROM:<>")).startsWith("250 ");
    }
  }

  @Test
  void closesTheConnectionAfter421() throws IOException {
    try (StagedFault fault = lab.stage("smtp.421-anytime");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<>")).startsWith("421 ");
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void answersEachRecipientByItsLocalPart() throws IOException {
    try (StagedFault fault = lab.stage("smtp.rcpt.mixed");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<a@contoso.example>");
      assertThat(client.send("RCPT TO:<Defer.me@lab.example>")).startsWith("450 4.2.1 ");
      assertThat(client.send("RCPT TO:<unknown1@lab.example>")).startsWith("550 5.1.1 ");
      assertThat(client.send("RCPT TO:<b@lab.example>")).startsWith("250 2.1.5 ");
      assertThat(client.send("RCPT TO:<not-unknown@lab.example>")).startsWith("250 2.1.5 ");
      client.send("DATA");
      assertThat(client.send("x\r\n.")).startsWith("250 2.6.0 ");
      assertThat(fault.received().get(0).recipients())
          .containsExactly("b@lab.example", "not-unknown@lab.example");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"smtp.stall.rset, silence", "smtp.drop.rset, EOF", "smtp.rst.rset, RST"})
  void failsAtReset(String id, String seen) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>");
      if (seen.equals("silence")) {
        client.impatient();
      }
      assertThat(client.send("RSET")).isEqualTo(seen);
    }
  }

  @Test
  void refusesByTheDeclaredSize() throws IOException {
    try (StagedFault fault = lab.stage("smtp.size");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", "MAIL FROM:<> SIZE=1")).startsWith("552 5.3.4");
    }
  }

  /** 250 where 354 is due, and the other way round. */
  @Test
  void answersDataAsIfItWereBdatAndBdatAsIfItWereData() throws IOException {
    try (StagedFault fault = lab.stage("smtp.data.250");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>");
      assertThat(client.send("DATA")).startsWith("250 ");
      assertThat(client.sendRaw("BDAT 1 LAST\r\nx")).startsWith("354 ");
      assertThat(fault.received()).isEmpty();
    }
  }

  @Test
  void refusesTheContentWhileItComesAndSaysNothingAtItsEnd() throws IOException {
    try (StagedFault fault = lab.stage("smtp.body.early-reply");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThat(client.send("first line")).startsWith("552 ");
      assertThat(client.send("last line\r\n.\r\nNOOP")).isEqualTo("250 2.0.0 OK");

      client.send("MAIL FROM:<>");
      client.send("RCPT TO:<b@lab.example>");
      assertThat(client.sendRaw("BDAT 2 LAST\r\nx")).startsWith("552 ");
      assertThat(client.send("yNOOP")).isEqualTo("250 2.0.0 OK");
    }
  }

  @Test
  void storesBeforeItAnswersLate() throws IOException {
    try (StagedFault fault = lab.stage("smtp.dot.late");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThat(client.impatient().send("x\r\n.")).isEqualTo("silence");
      assertThat(fault.sessions().get(0).stored()).isEqualTo(1);
      assertThat(fault.sessions().get(0).finalReplies()).isZero();
      assertThat(client.patient().reply()).startsWith("250 2.6.0 ");
      assertThat(fault.sessions().get(0).finalReplies()).isEqualTo(1);
    }
  }

  @Test
  void resetsOnceItHasAnswered() throws IOException {
    try (StagedFault fault = lab.stage("smtp.dot.250-then-rst");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThat(client.send("x\r\n.")).startsWith("250 2.6.0 ");
      assertThat(client.reply()).isEqualTo("RST");
    }
  }

  /** RFC 1047: only the host's own record tells the duplicate from the redelivery. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "none,                   1, 1",
    "smtp.dot.4yz,           0, 1",
    "smtp.dot.drop-accepted, 1, 0",
    "smtp.dot.drop-lost,     0, 0",
    "smtp.drop.dot,          0, 0",
    "smtp.rst.dot,           0, 0",
    "smtp.stall.dot,         0, 0"
  })
  void recordsStoringApartFromReplying(String id, int stored, int replied) throws IOException {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      if (id.equals("smtp.stall.dot")) {
        client.impatient();
      }
      client.send("x\r\n.");
      SessionRecord session = fault.sessions().get(0);
      assertThat(session.stored()).isEqualTo(stored);
      assertThat(session.finalReplies()).isEqualTo(replied);
      assertThat(fault.received()).hasSize(stored);
    }
  }

  @Test
  void endsAConnectionThatIsWrittenToWithoutResettingIt() throws IOException {
    try (StagedFault fault = lab.stage("smtp.drop.body");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      client.write(MEGABYTE);
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void cutsOffAClientThatGoesOnWritingForever() throws IOException {
    try (StagedFault fault = lab.stage("smtp.drop.body");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.write(MEGABYTE);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void takesNoMoreContentOnceItHasFallenSilentInIt() throws IOException {
    try (StagedFault fault = lab.stage("smtp.stall.body");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>", "DATA");
      CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(client, 64));
      assertThatThrownBy(() -> written.get(PlainClient.IMPATIENCE_MILLIS, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void noticesWhenTheClientOfASilentHostHangsUp() throws IOException {
    try (StagedFault fault = lab.stage("smtp.stall.mail")) {
      try (PlainClient client = PlainClient.connect(fault.smartHost())) {
        client.talk("EHLO client.example");
        client.impatient().send("MAIL FROM:<>");
        assertThat(fault.sessions().get(0).closed()).isFalse();
      }
      await().until(() -> fault.sessions().get(0).closed());
    }
  }

  @Test
  void turnsAwayConnectionsBeyondItsLimit() throws IOException {
    List<PlainClient> crowd = new ArrayList<>();
    try (StagedFault healthy = lab.stageHealthy()) {
      for (int i = 0; i < 500; i++) {
        PlainClient client = PlainClient.connect(healthy.smartHost());
        crowd.add(client);
        assertThat(client.reply()).startsWith("220 ");
      }
      try (PlainClient late = PlainClient.connect(healthy.smartHost())) {
        assertThat(late.reply()).isEqualTo("421 4.3.2 Too many connections");
        assertThat(late.reply()).isEqualTo("EOF");
      }
    } finally {
      crowd.forEach(PlainClient::close);
    }
  }

  private static void write(PlainClient client, int megabytes) {
    try {
      for (int i = 0; i < megabytes; i++) {
        client.write(MEGABYTE);
      }
    } catch (IOException e) {
      // The test has ended and closed the socket under the write.
    }
  }
}
