package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.queue.spool.PostgresServer;
import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.queue.spool.SpoolException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the queue does while the spool's server is away, and after. */
final class LostServerTest {
  private static final Envelope TO_BOB =
      Lab.envelope("alice@contoso.example", "bob@contoso.example");

  @TempDir Path parent;
  private PostgresServer server;
  private Lab lab;

  @BeforeEach
  void start() throws SpoolException {
    server = PostgresServer.start(parent.resolve("data"));
    lab =
        new Lab(
            PostgresSpool.open(server.newSchema()),
            Lab.START,
            Lab.connector(Lab.CONNECTOR, true, "contoso.example"));
    lab.queue.start();
  }

  @AfterEach
  void close() {
    lab.close();
    server.close();
  }

  @Test
  void refusesMailRecordsNothingTwiceAndGoesOnByItself() {
    lab.transport.hangs();
    String sent = accepted(lab.queue.submit(TO_BOB, Lab.mail("1")).toCompletableFuture().join());
    FakeTransport.Made attempt = lab.transport.take();
    lab.transport.delivers();

    server.stop();
    attempt.outcome().complete(FakeTransport.delivered(attempt.request()));
    lab.advance(Duration.ofMinutes(5));
    assertThat(lab.submit(TO_BOB, Lab.mail("2")).reply().toString()).startsWith("452 4.3.1 ");

    server.startAgain();
    String later = accepted(lab.submit(TO_BOB, Lab.mail("3")));
    lab.advance(Duration.ofMinutes(1));

    assertThat(lab.transport.made().stream().map(FakeTransport.Made::message))
        .containsExactly(sent, later);
    assertThat(lab.message(sent).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.message(later).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.onlyQueue().messageCount()).isZero();
  }

  @Test
  void triesWhatWaitedWhenTheServerIsBack() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.transport.delivers();

    server.stop();
    lab.advance(Duration.ofMinutes(5));
    server.startAgain();
    lab.advance(Duration.ofMinutes(1));

    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.transport.made()).hasSize(2);
  }

  private static String accepted(Submission.Result result) {
    return result.id().orElseThrow();
  }
}
