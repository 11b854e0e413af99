package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults that count. */
@ExtendWith(LabExtension.class)
final class QuotaTest {
  private final Lab lab;

  QuotaTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void refusesTheRecipientThatIsOneTooManyInEachTransaction() throws IOException {
    try (StagedFault fault = lab.stage("smtp.rcpt.limit");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example");
      for (int i = 0; i < 2; i++) {
        client.send("MAIL FROM:<>");
        assertThat(client.send("RCPT TO:<a@lab.example>")).startsWith("250 ");
        assertThat(client.send("RCPT TO:<b@lab.example>")).startsWith("250 ");
        assertThat(client.send("RCPT TO:<c@lab.example>")).startsWith("452 4.5.3 ");
        client.send("DATA");
        assertThat(client.send("x\r\n.")).startsWith("250 ");
      }
    }
  }

  @Test
  void takesTwoMessagesOverOneConnectionAndNoMore() throws IOException {
    try (StagedFault fault = lab.stage("smtp.session.max-messages")) {
      for (int connection = 1; connection <= 2; connection++) {
        try (PlainClient client = PlainClient.connect(fault.smartHost())) {
          client.talk("EHLO client.example");
          assertThat(mail(client)).startsWith("250 2.6.0 ");
          assertThat(mail(client)).startsWith("250 2.6.0 ");
          assertThat(client.send("MAIL FROM:<>")).startsWith("421 ");
          assertThat(client.reply()).isEqualTo("EOF");
        }
      }
      assertThat(fault.received())
          .extracting(message -> message.session() + "." + message.ordinal())
          .containsExactly("1.1", "1.2", "2.1", "2.2");
    }
  }

  @Test
  void takesTwoMessagesAMinuteOfTheLabsTime() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(LabExtension.LAB_TIME);
    try (Lab own = Lab.start(now::get);
        StagedFault fault = own.stage("smtp.rate");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      client.talk("EHLO client.example");
      mail(client);
      now.updateAndGet(time -> time.plusSeconds(30));
      mail(client);
      assertThat(client.send("MAIL FROM:<>")).startsWith("451 ");

      now.updateAndGet(time -> time.plus(Duration.ofSeconds(30)));
      assertThat(client.send("MAIL FROM:<>")).startsWith("451 ");

      now.updateAndGet(time -> time.plusMillis(1));
      assertThat(mail(client)).startsWith("250 2.6.0 ");
      assertThat(client.send("MAIL FROM:<>")).startsWith("451 ");
    }
  }

  private static String mail(PlainClient client) {
    client.send("MAIL FROM:<>");
    client.send("RCPT TO:<b@lab.example>");
    client.send("DATA");
    return client.send("x\r\n.");
  }
}
