package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure of the next hop does to its queue, and to nothing else. */
final class QueueClockTest {
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
  void makes151AttemptsInADayAndNoneAtTheInstantOfExpiry() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(lab.transport.made()).hasSize(151);
    assertThat(lab.message(id).attempts()).isEqualTo(151);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.PENDING);
    lab.advance(Duration.ofHours(2));
    assertThat(lab.transport.made()).hasSize(151);
    assertThat(lab.message(id).attempts()).isEqualTo(151);
  }

  @Test
  void makesOneProbePerIntervalForAThousandMessages() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofSeconds(30));
    submitMany(1000);
    assertThat(lab.transport.made()).hasSize(1);
    lab.advance(Duration.ofMinutes(4));
    assertThat(lab.transport.made()).hasSize(5);
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1001);
    assertThat(lab.onlyQueue().deferredMessageCount()).isEqualTo(1001);
    assertThat(lab.onlyQueue().retryCount()).isEqualTo(5);
  }

  @Test
  void countsSeveralAttemptsInFlightAsOneFailureOfTheNextHop() {
    lab.transport.hangs();
    for (int i = 0; i < 25; i++) {
      submitAsync("bob@contoso.example").join();
    }
    assertThat(lab.transport.made()).hasSize(20);
    failAll(new Failure.Vanished(Stage.BANNER, false, false));
    lab.time.settle();
    assertThat(lab.onlyQueue().retryCount()).isEqualTo(1);
    assertThat(lab.transport.made()).hasSize(20);
    assertThat(lab.queue.messages(MessageFilter.ALL, 100, Optional.empty()).items())
        .hasSize(25)
        .allMatch(message -> message.attempts() == 1);
  }

  @Test
  void showsTheQueueInRetryWithItsTimes() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    QueueView view = lab.onlyQueue();
    assertThat(view.id()).isEqualTo("q1");
    assertThat(view.status()).isEqualTo(QueueStatus.RETRY);
    assertThat(view.lastError().map(Object::toString))
        .contains(
            "450 4.4.316 Connection refused [Message=Socket error code 10061]"
                + " [LastAttemptedServerName=mail.contoso.example]"
                + " [LastAttemptedIP=127.0.0.1:2525]");
    assertThat(view.queuedSince()).contains(Lab.START);
    assertThat(view.lastRetryTime()).contains(Lab.START);
    assertThat(view.nextRetryTime()).contains(Lab.START.plusSeconds(60));
    assertThat(view.oldestExpires()).contains(Lab.START.plus(Duration.ofHours(24)));
    assertThat(lab.queue.queue("q1")).contains(view);
  }

  @Test
  void letsAMessageThatJoinsARetryingQueueShareItsErrorAndCountItsProbes() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofSeconds(90));
    String late = lab.submit("carol@contoso.example");
    assertThat(lab.message(late).attempts()).isZero();
    assertThat(lab.message(late).recipients().get(0).code().map(Object::toString))
        .contains("4.4.316");
    lab.advance(Duration.ofMinutes(2));
    assertThat(lab.message(late).attempts()).isEqualTo(2);
    assertThat(kinds(late))
        .containsExactly(
            TraceEvent.Kind.RECEIVE,
            TraceEvent.Kind.SUBMIT,
            TraceEvent.Kind.DEFER,
            TraceEvent.Kind.DEFER);
    assertThat(lab.transport.made()).noneMatch(made -> made.message().equals(late));
  }

  @Test
  void drainsInTheOrderOfReceiptWhenAProbeSucceeds() {
    lab.transport.refusesConnections();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(lab.submit("bob@contoso.example"));
      lab.advance(Duration.ofMillis(1));
    }
    lab.transport.delivers();
    lab.transport.made().clear();
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.transport.made().stream().map(FakeTransport.Made::message))
        .containsExactlyElementsOf(ids);
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.READY);
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.onlyQueue().lastError()).isEmpty();
  }

  @Test
  void drainsMoreThanFitIntoMemory() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    submitMany(HopQueue.MAX_READY * 3);
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.transport.made().stream().map(FakeTransport.Made::message).distinct().count())
        .isEqualTo(HopQueue.MAX_READY * 3 + 1);
    assertThat(lab.transport.made()).hasSize(HopQueue.MAX_READY * 3 + 2);
  }

  @Test
  void takesANegativeReplyToAMessageAsProofThatTheNextHopIsAlive() {
    lab.transport.refusesConnections();
    String first = lab.submit("bob@contoso.example");
    lab.submit("carol@contoso.example");
    lab.transport.answers(
        request ->
            request.messageId().equals(first)
                ? FakeTransport.failed(FakeTransport.replied(Stage.MAIL, 451, "4.3.0 Later"))
                : FakeTransport.delivered(request));
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.ACTIVE);
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);
    assertThat(lab.onlyQueue().retryCount()).isZero();
    assertThat(lab.message(first).attempts()).isEqualTo(2);
  }

  @Test
  void holdsTheNextHopResponsibleWhenTwoMessagesInARowEndInTheTransaction() {
    lab.transport.answers(
        request -> FakeTransport.failed(new Failure.Vanished(Stage.DATA, true, false)));
    lab.submit("bob@contoso.example");
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.ACTIVE);
    lab.submit("carol@contoso.example");
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.RETRY);
    lab.submit("dave@contoso.example");
    assertThat(lab.transport.made()).hasSize(2);
  }

  @Test
  void doesNotBlockTheQueueForOneMessageThatAlwaysEndsInTheTransaction() {
    lab.transport.answers(
        request ->
            request.envelope().recipients().get(0).localPart().equals("poison")
                ? FakeTransport.failed(new Failure.Vanished(Stage.DATA, true, true))
                : FakeTransport.delivered(request));
    String poison = lab.submit("poison@contoso.example");
    String good = lab.submit("carol@contoso.example");
    assertThat(lab.message(good).status()).isEqualTo(MessageStatus.DELIVERED);
    lab.advance(Duration.ofHours(3));
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.ACTIVE);
    assertThat(lab.message(poison).recipients().get(0).code().map(Object::toString))
        .contains("4.4.318");
  }

  @Test
  void retriesNowOnRequestAndSetsTheNextRetryTimeAnew() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofSeconds(20));
    assertThat(retry("q1")).isEqualTo(RetryResult.STARTED);
    assertThat(lab.transport.made()).hasSize(2);
    assertThat(lab.onlyQueue().nextRetryTime()).contains(Lab.START.plusSeconds(80));
    assertThat(lab.onlyQueue().retryCount()).isEqualTo(2);
    lab.transport.delivers();
    assertThat(retry("q1")).isEqualTo(RetryResult.STARTED);
    assertThat(retry("q1")).isEqualTo(RetryResult.NOT_IN_RETRY);
    assertThat(retry("q2")).isEqualTo(RetryResult.UNKNOWN_QUEUE);
    assertThat(retry("nonsense")).isEqualTo(RetryResult.UNKNOWN_QUEUE);
  }

  @Test
  void goesOnInRetryAfterARestart() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.advance(Duration.ofMinutes(3));
    QueueView before = lab.onlyQueue();
    lab.close();
    Instant restart = Lab.START.plus(Duration.ofSeconds(200));
    lab = new Lab(directory, restart);
    lab.transport.refusesConnections();
    lab.queue.start();
    lab.time.settle();
    assertThat(lab.onlyQueue()).isEqualTo(before);
    assertThat(lab.transport.made()).isEmpty();
    lab.advance(Duration.ofSeconds(40));
    assertThat(lab.transport.made()).hasSize(1);
    assertThat(lab.message(id).attempts()).isEqualTo(5);
    assertThat(lab.onlyQueue().nextRetryTime()).contains(Lab.START.plus(Duration.ofMinutes(4 + 5)));
  }

  @Test
  void waitsWithoutAttemptsWhileItsConnectorIsDisabled() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.connectors = List.of(Lab.connector(Lab.CONNECTOR, false, "contoso.example"));
    lab.transport.delivers();
    lab.advance(Duration.ofHours(1));
    assertThat(lab.transport.made()).hasSize(1);
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.SUSPENDED);
    assertThat(retry("q1")).isEqualTo(RetryResult.NOT_IN_RETRY);
    lab.connectors = List.of(Lab.connector(Lab.CONNECTOR, true, "contoso.example"));
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void blamesNobodyForOurOwnExhaustion() {
    lab.transport.answers(
        request -> FakeTransport.failed(new Failure.OwnExhaustion(Stage.CONNECT, "no sockets")));
    String id = lab.submit("bob@contoso.example");
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.ACTIVE);
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void tellsAFailureOfTheNextHopOnceForTheWholeQueue() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.submit("carol@contoso.example");
    assertThat(lab.events)
        .filteredOn(event -> event.trace().kind() == TraceEvent.Kind.DEFER)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.messageId()).isEmpty();
              assertThat(event.connector()).contains(Lab.CONNECTOR);
              assertThat(event.trace().transcript()).isNotEmpty();
              assertThat(event.trace().detail())
                  .isEqualTo(
                      "Reason: [{LED=450 4.4.316 Connection refused"
                          + " [Message=Socket error code 10061]"
                          + " [LastAttemptedServerName=mail.contoso.example]"
                          + " [LastAttemptedIP=127.0.0.1:2525]};{MSG=Socket error code 10061};"
                          + "{FQDN=mail.contoso.example};{IP=127.0.0.1};"
                          + "{LRT=6/1/2026 8:00:00 AM}]. OutboundProxyTargetIP: 127.0.0.1."
                          + " OutboundProxyTargetHostName: mail.contoso.example");
            });
  }

  private List<TraceEvent.Kind> kinds(String id) {
    return lab.queue.trace(id).stream().map(TraceEvent::kind).toList();
  }

  private RetryResult retry(String id) {
    RetryResult result = lab.queue.retry(id).toCompletableFuture().join();
    lab.time.settle();
    return result;
  }

  private CompletableFuture<?> submitAsync(String to) {
    return lab.queue
        .submit(Lab.envelope("alice@contoso.example", to), Lab.mail("Hello"))
        .toCompletableFuture();
  }

  private void submitMany(int count) {
    List<CompletableFuture<?>> results = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(i -> results.add(submitAsync("user" + i + "@contoso.example")));
    results.forEach(CompletableFuture::join);
    lab.time.settle();
  }

  private void failAll(Failure failure) {
    lab.transport.made().forEach(made -> made.outcome().complete(FakeTransport.failed(failure)));
  }
}
