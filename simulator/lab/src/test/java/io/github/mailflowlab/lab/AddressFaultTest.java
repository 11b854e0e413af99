package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AddressFaultTest {
  private final Lab lab = Lab.start(InstantSource.fixed(Instant.parse("2031-05-06T07:08:09Z")));
  private final NamedHost host = lab.host(HostPlan.of("mail.contoso.example", 0).withAddresses());
  private final AtomicInteger count = new AtomicInteger();

  @AfterAll
  void close() {
    lab.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "450-4.2.1,        450 4.2.1 As this address asks",
    "550-5.1.1+bob,    550 5.1.1 As this address asks",
    "552,              552 As this address asks",
    "TempFail,         '451 4.3.0 Not now, as this address asks'",
    "permfail,         '554 5.3.0 Never, as this address asks'",
    "close,            EOF",
    "reset,            RST",
    "421-4.3.2,        421 4.3.2 As this address asks",
    "slow,             250 2.1.5 Recipient OK",
    "bob,              250 2.1.5 Recipient OK",
    "450-9.2.1,        250 2.1.5 Recipient OK",
    "650,              250 2.1.5 Recipient OK",
    "tempfailure,      250 2.1.5 Recipient OK",
    "dot-tempfail,     250 2.1.5 Recipient OK",
    "lose,             250 2.1.5 Recipient OK",
  })
  void doesWhatARecipientAsksFor(String localPart, String reply) throws IOException {
    try (PlainClient client = greeted()) {
      assertThat(rcpt(client, localPart)).isEqualTo(reply);
      if (reply.startsWith("421")) {
        assertThat(client.reply()).isEqualTo("EOF");
      }
    }
  }

  @Test
  void saysNothingMoreToWhoAsksForThat() throws IOException {
    try (PlainClient client = greeted().impatient()) {
      assertThat(rcpt(client, "timeout")).isEqualTo("silence");
    }
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, stored {3}")
  @CsvSource({
    "bob,               354, 250 2.6.0 Message accepted, 1",
    "dot-552-5.3.4+bob, 354, 552 5.3.4 As this address asks, 0",
    "data-tempfail,     451, , 0",
    "lose,              354, EOF, 1",
    "dot-close,         354, EOF, 0",
  })
  void doesItAtTheStageThatIsAskedFor(String localPart, String data, String dot, int stored)
      throws IOException {
    int before = host.received().size();
    try (PlainClient client = greeted()) {
      rcpt(client, "anybody+" + count.incrementAndGet());
      assertThat(client.send("RCPT TO:<" + localPart + "@contoso.example>")).startsWith("250");
      assertThat(client.send("DATA")).startsWith(data);
      if (dot != null) {
        assertThat(client.sendRaw("Hello\r\n.\r\n")).isEqualTo(dot);
      }
    }
    assertThat(host.received()).hasSize(before + stored);
  }

  @Test
  void isNotDoneByAHostThatDoesNotLookAtAddresses() throws IOException {
    try (NamedHost other = lab.host("other.contoso.example", 0);
        PlainClient client = PlainClient.connect(other.smartHost())) {
      client.talk("EHLO client.example");
      assertThat(rcpt(client, "450-4.2.1")).startsWith("250");
    }
  }

  @Test
  void liesBelowTheOrdersAndShowsInTheSession() throws IOException {
    host.startOver();
    host.add(FaultOrder.at(Stage.RCPT, "reply 450 4.2.2 Full").named("full"));
    try (PlainClient client = greeted()) {
      assertThat(rcpt(client, "permfail")).startsWith("450 4.2.2");
      host.clear();
      assertThat(rcpt(client, "permfail")).startsWith("554");
    }
    assertThat(host.sessions().get(0).faults()).containsExactly("full", "address");
  }

  private PlainClient greeted() throws IOException {
    PlainClient client = PlainClient.connect(host.smartHost());
    client.talk("EHLO client.example");
    return client;
  }

  private static String rcpt(PlainClient client, String localPart) {
    client.send("MAIL FROM:<a@contoso.example>");
    return client.send("RCPT TO:<" + localPart + "@contoso.example>");
  }
}
