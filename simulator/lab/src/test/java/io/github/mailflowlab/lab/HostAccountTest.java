package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.When;
import io.github.mailflowlab.lab.order.Who;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostAccountTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lab lab = Lab.start(InstantSource.fixed(LabExtension.LAB_TIME));
  private final NamedHost host = lab.host("mail.contoso.example", 0);

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void waitsForMessagesAndForTheEndsOfSessions() throws Exception {
    CompletableFuture<List<ReceivedMessage>> both =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return host.awaitMessages(2, PATIENCE);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    deliver("1", "bob");
    deliver("2", "bob");
    assertThat(both.get()).hasSize(2);
    assertThat(host.awaitSessions(2, PATIENCE)).allMatch(SessionRecord::closed);
  }

  @Test
  void saysWhatCameInsteadOfWhatWasExpected() throws IOException {
    host.add(
        FaultOrder.at(Stage.RCPT, "close").about(Who.ANYBODY.withRecipient("eve@*")).named("eve"));
    deliver("1", "bob");
    assertThatThrownBy(() -> host.awaitMessages(2, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected at mail.contoso.example within PT0.001S: 2 stored messages, seen: 1;"
                + " 1 sessions, 1 messages stored; fault eve: reached 1 times, matched 0, acted 0;"
                + " not the last one: recipient bob@contoso.example (ordered: eve@*)");
  }

  @Test
  void tellsADuplicateFromARedelivery() throws IOException {
    host.add(FaultOrder.at(Stage.DOT, "lose").when(When.times(1)));
    deliver("1", "bob");
    deliver("1", "bob");
    host.add(FaultOrder.at(Stage.DOT, "close").when(When.times(1)));
    deliver("2", "bob");
    deliver("2", "bob");
    deliver("2", "eve");
    assertThat(host.duplicates())
        .containsExactly(
            new Duplicate(
                Optional.of("<1@contoso.example>"), "bob@contoso.example", List.of(1, 2)));
  }

  private void deliver(String id, String localPart) throws IOException {
    try (PlainClient client = PlainClient.connect(host.smartHost())) {
      client.talk(
          "EHLO client.example",
          "MAIL FROM:<a@contoso.example>",
          "RCPT TO:<" + localPart + "@contoso.example>",
          "DATA");
      client.sendRaw("Subject: x\r\nMessage-ID: <" + id + "@contoso.example>\r\n\r\nHi\r\n.\r\n");
    }
  }
}
