package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.SmtpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How mail is returned when its time is up. */
final class ExpiryTest {
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void returnsAMessageAtTheInstantOfItsExpiryAndNotBefore() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.advance(DAY.minusMillis(1));
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
    lab.advance(Duration.ofMillis(1));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    MessageView view = lab.message(id);
    assertThat(view.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(view.recipients().get(0).code().map(Object::toString)).contains("5.4.316");
    assertThat(view.recipients().get(0).lastError())
        .contains("550 5.4.316 Message expired, connection refused(Socket error code 10061)");
    TraceEvent last = lab.queue.trace(id).get(152 + 1);
    assertThat(last.kind()).isEqualTo(TraceEvent.Kind.FAIL);
    assertThat(last.time()).isEqualTo(Lab.START.plus(DAY));
  }

  @Test
  void endsTheRetryOfAQueueThatItEmptied() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(DAY);
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.READY);
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.onlyQueue().nextRetryTime()).isEmpty();
    int made = lab.transport.made().size();
    lab.advance(DAY);
    assertThat(lab.transport.made()).hasSize(made);
  }

  @Test
  void sendsOneNdrForAllRecipientsThatExpireTogether() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example", "carol@contoso.example", "dave@contoso.example");
    lab.advance(DAY);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    String ndr = ndr(0);
    assertThat(ndr)
        .contains("Final-Recipient: rfc822;bob@contoso.example")
        .contains("Final-Recipient: rfc822;carol@contoso.example")
        .contains("Final-Recipient: rfc822;dave@contoso.example")
        .contains("Total retry attempts: 151");
  }

  @Test
  void returnsMoreThanFitsIntoOneTransaction() {
    lab.transport.refusesConnections();
    byte[] large = new byte[5 << 20];
    Arrays.fill(large, (byte) '\n');
    for (int i = 0; i < 3; i++) {
      lab.submit(
          Lab.envelope("alice@contoso.example", "bob@contoso.example"), MessageContent.of(large));
    }
    lab.advance(DAY.minusMillis(1));
    long before = lab.queue.commits();
    lab.advance(Duration.ofMillis(1));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(3);
    assertThat(lab.queue.commits() - before).isGreaterThanOrEqualTo(2);
  }

  @Test
  void neverReportsToTheNullReversePath() {
    lab.transport.refusesConnections();
    String expired =
        lab.submit(Lab.envelope("", "bob@contoso.example"), Lab.mail("Hello")).id().orElseThrow();
    lab.advance(DAY);
    assertThat(lab.message(expired).status()).isEqualTo(MessageStatus.FAILED);
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 550, "5.1.1 Unknown")));
    lab.submit(Lab.envelope("", "carol@contoso.example"), Lab.mail("Hello"));
    assertThat(lab.events.stream().map(event -> event.trace().kind()))
        .filteredOn(TraceEvent.Kind.FAIL::equals)
        .hasSize(2);
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
    assertThat(lab.mailbox(Lab.ORGANIZATION.postmaster())).isEmpty();
  }

  @Test
  void reportsToASenderOfAnyDomain() {
    lab.transport.refusesConnections();
    lab.submit(Lab.envelope("eve@elsewhere.example", "bob@contoso.example"), Lab.mail("Hello"));
    lab.advance(DAY);
    assertThat(lab.mailbox(Mailbox.of("eve@elsewhere.example"))).hasSize(1);
  }

  @Test
  void cancelsAnAttemptInFlightAndReturnsWhatItHadNotDelivered() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example", "carol@contoso.example");
    lab.advance(DAY.minusMinutes(6).minusSeconds(1));
    lab.transport.hangs();
    CompletableFuture<RetryResult> retry = lab.queue.retry("q1").toCompletableFuture();
    assertThat(retry.join()).isEqualTo(RetryResult.STARTED);
    FakeTransport.Made attempt = lab.transport.made().get(lab.transport.made().size() - 1);
    lab.time.jumpTo(Lab.START.plus(DAY));
    attempt.outcome().join();
    lab.time.settle();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.message(id).recipients())
        .allMatch(recipient -> recipient.code().map(Object::toString).orElse("").equals("5.4.316"));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void keepsWhatAnAttemptDeliveredThoughItsMessageExpiredMeanwhile() {
    lab.transport.hangs();
    String id =
        lab.queue
            .submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
            .toCompletableFuture()
            .join()
            .id()
            .orElseThrow();
    FakeTransport.Made attempt = lab.transport.made().get(0);
    attempt.outcome().complete(FakeTransport.delivered(attempt.request()));
    lab.time.jumpTo(Lab.START.plus(DAY));
    lab.time.settle();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
  }

  @Test
  void returnsWhatExpiredWhileItWasNotRunning() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.close();
    lab = new Lab(directory, Lab.START.plus(DAY.multipliedBy(3)));
    lab.queue.start();
    lab.time.settle();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    assertThat(lab.transport.made()).isEmpty();
  }

  @Test
  void returnsManyMessagesPageByPage() {
    lab.transport.refusesConnections();
    List<CompletableFuture<?>> results = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      results.add(
          lab.queue
              .submit(
                  Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
              .toCompletableFuture());
    }
    results.forEach(CompletableFuture::join);
    lab.advance(DAY);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(200);
    assertThat(lab.onlyQueue().messageCount()).isZero();
  }

  @Test
  void expiresWithTheRemotesLastWordsWhenThoseAreTheNewest() {
    lab.transport.answers(
        request ->
            FakeTransport.failed(
                new Failure.Replied(Stage.RCPT, SmtpReply.of(452, "4.2.2 Mailbox full"), false)));
    String id = lab.submit("bob@contoso.example");
    lab.advance(DAY);
    assertThat(lab.message(id).recipients().get(0).lastError())
        .contains("550 5.4.300 Message expired -> 452 4.2.2 Mailbox full");
  }

  @Test
  void expiresAlsoWhileTheConnectorIsGone() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.connectors = List.of();
    lab.advance(DAY);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.transport.made()).hasSize(1);
    assertThat(lab.events.stream().map(ConnectorEvent::connector).distinct())
        .contains(Optional.of(Lab.CONNECTOR));
  }

  @Test
  void waitsForNothingOnceAllIsDelivered() {
    lab.submit("bob@contoso.example");
    assertThat(lab.time.waiting()).isEmpty();
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    assertThat(lab.time.waiting())
        .containsExactly(Lab.START.plus(Duration.ofMinutes(1)), Lab.START.plus(DAY));
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.time.waiting()).isEmpty();
  }

  @Test
  void waitsForNothingWhenARetryByHandEmptiedTheQueue() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.transport.delivers();
    lab.queue.retry("q1").toCompletableFuture().join();
    lab.time.settle();
    assertThat(lab.time.waiting()).isEmpty();
  }

  @Test
  void waitsForTheNextMessageWhenTheOldestIsDelivered() {
    lab.transport.answers(
        request ->
            request.envelope().recipients().get(0).localPart().equals("bob")
                    && lab.transport.made().size() > 2
                ? FakeTransport.delivered(request)
                : FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Busy")));
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofMinutes(5));
    String younger = lab.submit("carol@contoso.example");
    lab.advance(Duration.ofMinutes(10));
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);
    assertThat(lab.time.waiting())
        .doesNotContain(Lab.START.plus(DAY))
        .contains(Lab.START.plus(Duration.ofMinutes(5)).plus(DAY));
    lab.advance(DAY);
    assertThat(lab.message(younger).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.time.waiting()).isEmpty();
  }

  @Test
  void returnsTheOriginalInTheNdr() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(DAY);
    assertThat(ndr(0))
        .contains("\r\nFrom: <postmaster@contoso.example>\r\n")
        .contains("\r\nContent-Type: message/rfc822\r\n\r\n" + Lab.text(Lab.mail("Hello")))
        .contains("In-Reply-To: <1@contoso.example>")
        .contains("Diagnostic-Code: smtp;550 5.4.316 Message expired, connection refused\r\n");
  }

  private String ndr(int index) {
    MailboxView view = lab.mailbox(Lab.ALICE).get(index);
    return Lab.text(lab.queue.mailboxContent(Lab.ALICE, view.id()).orElseThrow());
  }
}
