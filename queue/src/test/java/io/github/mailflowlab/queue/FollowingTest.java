package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.queue.spool.PostgresServer;
import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.queue.spool.SpoolException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A queue that takes mail, and the one that delivers it, on one spool. */
@TestInstance(Lifecycle.PER_CLASS)
final class FollowingTest {
  private static final Order ORDER = new Order("tester", Optional.empty());
  private static final Connector CONNECTOR =
      Lab.connector(Lab.CONNECTOR, true, "contoso.example", "*.contoso.example");

  private PostgresServer server;
  private PostgresUrl url;
  private Lab leader;
  private Lab follower;

  @BeforeAll
  void startServer(@TempDir Path parent) {
    server = PostgresServer.start(parent.resolve("data"));
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    url = server.newSchema();
    leader = leader(Lab.START);
    leader.queue.start();
    follower = follower(Lab.START);
    follower.queue.follow();
  }

  @AfterEach
  void close() {
    follower.close();
    leader.close();
  }

  private Lab leader(Instant now) {
    try {
      return new Lab(PostgresSpool.open(url), now, CONNECTOR);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Lab follower(Instant now) {
    try {
      return new Lab(PostgresSpool.follow(url), now, CONNECTOR);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lookAround() {
    leader.queue.lookAround();
    leader.time.settle();
  }

  @Test
  void deliversOnceWhatAnotherNodeHasTaken() {
    String id = follower.submit("bob@contoso.example");
    assertThat(leader.transport.made()).isEmpty();
    assertThat(leader.message(id).attempts()).isZero();

    lookAround();
    lookAround();

    assertThat(leader.transport.made()).extracting(FakeTransport.Made::message).containsExactly(id);
    assertThat(leader.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(leader.onlyQueue().messageCount()).isZero();
    assertThat(follower.transport.made()).isEmpty();
  }

  @Test
  void callsAQueueTheSameOnAllNodesWhoeverMakesIt() {
    follower.submit("bob@contoso.example");
    leader.submit("bob@contoso.example");
    lookAround();
    follower.submit("carol@contoso.example");
    lookAround();

    assertThat(leader.onlyQueue().messageCount()).isZero();
    assertThat(leader.transport.made()).hasSize(3);
  }

  @Test
  void makesOneProbeForTheMailOfAllNodes() {
    leader.transport.refusesConnections();
    leader.submit("bob@contoso.example");
    for (int i = 0; i < 5; i++) {
      follower.submit("bob@contoso.example");
      lookAround();
    }
    assertThat(leader.transport.made()).hasSize(1);
    assertThat(leader.onlyQueue().status()).isEqualTo(QueueStatus.RETRY);
    assertThat(leader.onlyQueue().messageCount()).isEqualTo(6);

    leader.advance(Duration.ofMinutes(1));
    assertThat(leader.transport.made()).hasSize(2);

    leader.transport.delivers();
    leader.advance(Duration.ofMinutes(1));
    assertThat(leader.transport.made()).hasSize(8);
    assertThat(leader.onlyQueue().messageCount()).isZero();
  }

  @Test
  void leavesMailThatArrivesToTheNextLeader() {
    String id = follower.submit("bob@contoso.example");
    leader.close();
    String later = follower.submit("bob@contoso.example");

    leader = leader(Lab.START.plusSeconds(1));
    leader.queue.start();
    leader.time.settle();

    assertThat(leader.transport.made())
        .extracting(FakeTransport.Made::message)
        .containsExactly(id, later);
  }

  @Test
  void triesMailFromANodeWhoseClockIsAhead() {
    follower.advance(Duration.ofSeconds(3));
    String id = follower.submit("bob@contoso.example");
    lookAround();
    assertThat(leader.transport.made()).isEmpty();

    leader.advance(Duration.ofSeconds(3));
    assertThat(leader.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void returnsOnceWhatExpiredBeforeItArrived() {
    String id = follower.submit("bob@contoso.example");
    leader.close();

    leader = leader(Lab.START.plus(Duration.ofHours(25)));
    leader.queue.start();
    leader.time.settle();

    assertThat(leader.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(leader.mailbox(Lab.ALICE)).extracting(MailboxView::ndr).containsExactly(true);
    assertThat(leader.transport.made()).isEmpty();
  }

  @Test
  void forgetsWhatIsOverWhenOnlyOtherNodesTakeMail() {
    Duration kept = Retention.DEFAULT.messages().plusHours(1);
    String over = follower.submit("bob@contoso.example");
    lookAround();
    leader.advance(kept);
    follower.advance(kept);

    follower.submit("bob@contoso.example");
    lookAround();

    assertThat(leader.queue.message(over)).isEmpty();
  }

  @Test
  void makesIdsThatNoOtherNodeMakes() {
    assertThat(
            List.of(follower.submit("bob@contoso.example"), leader.submit("bob@contoso.example")))
        .doesNotHaveDuplicates();
  }

  @Test
  void operatesOnMailOnceItHasArrived() {
    String id = follower.submit("bob@contoso.example");
    CompletableFuture<OperationResult> suspended =
        leader.queue.operate(id, MessageOperation.SUSPEND, ORDER).toCompletableFuture();
    leader.time.settle();
    assertThat(suspended).isNotDone();

    lookAround();

    assertThat(suspended).isCompletedWithValue(OperationResult.DONE);
    assertThat(leader.transport.made()).isEmpty();
    assertThat(leader.message(id).status()).isEqualTo(MessageStatus.SUSPENDED);
  }

  @Test
  void refusesOperationsWhereNothingIsDelivered() {
    String id = follower.submit("bob@contoso.example");
    assertThatThrownBy(
            () ->
                follower
                    .queue
                    .operate(id, MessageOperation.REMOVE, ORDER)
                    .toCompletableFuture()
                    .join())
        .hasRootCauseMessage("another node delivers");
  }

  @Test
  void refusesMailWhileTheServerIsAwayAndTakesItAfter() {
    Envelope mail = Lab.envelope("alice@contoso.example", "bob@contoso.example");
    server.stop();
    Submission.Result refused = follower.submit(mail, Lab.mail("1"));
    server.startAgain();
    assertThat(refused.reply().toString()).startsWith("452 4.3.1 ");

    String id = follower.submit(mail, Lab.mail("2")).id().orElseThrow();
    lookAround();
    // The first look may have met a connection from before.
    lookAround();
    assertThat(leader.message(id).attempts()).isLessThanOrEqualTo(1);
    leader.advance(Duration.ofMinutes(1));
    assertThat(leader.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(leader.transport.made()).hasSize(1);
  }
}
