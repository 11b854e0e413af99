package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator may do to one message. */
final class MessageOperationsTest {
  private static final Order ORDER = new Order("cli", Optional.of("the host is moved"));

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
  void triesASuspendedMessageNoMoreUntilItIsResumed() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    String other = lab.submit("carol@contoso.example");
    assertThat(operate(id, MessageOperation.SUSPEND)).isEqualTo(OperationResult.DONE);
    lab.transport.delivers();
    lab.transport.made().clear();
    lab.advance(Duration.ofHours(2));
    assertThat(lab.transport.made()).extracting(FakeTransport.Made::message).containsOnly(other);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.SUSPENDED);
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);

    assertThat(operate(id, MessageOperation.RESUME)).isEqualTo(OperationResult.DONE);

    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(details(id, TraceEvent.Kind.SUSPEND))
        .containsExactly("Suspended by cli: the host is moved");
    assertThat(details(id, TraceEvent.Kind.RESUME))
        .containsExactly("Resumed by cli: the host is moved");
  }

  @Test
  void keepsAMessageSuspendedOverARestart() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    operate(id, MessageOperation.SUSPEND);
    lab.close();
    lab = new Lab(directory, Lab.START.plus(Duration.ofHours(1)));
    lab.queue.start();
    lab.advance(Duration.ofHours(2));
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.SUSPENDED);
  }

  @Test
  void returnsASuspendedMessageWhenItExpires() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    operate(id, MessageOperation.SUSPEND);
    lab.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.SUSPENDED);
    lab.advance(Duration.ofMillis(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void makesNoProbeWithASuspendedMessage() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    operate(id, MessageOperation.SUSPEND);
    lab.transport.delivers();
    lab.transport.made().clear();
    lab.advance(Duration.ofHours(1));
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.RETRY);
    operate(id, MessageOperation.RESUME);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void triesAMessageAtOnceThatWaitsOnItsOwnClock() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    lab.transport.delivers();
    assertThat(operate(id, MessageOperation.RETRY)).isEqualTo(OperationResult.DONE);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(details(id, TraceEvent.Kind.RETRY))
        .containsExactly("Tried at once by cli: the host is moved");
  }

  @Test
  void triesNoSingleMessageWhereTheQueueWaits() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    assertThat(operate(id, MessageOperation.RETRY))
        .isEqualTo(
            OperationResult.notApplicable(
                "Message " + id + " waits in queue q1, which is in Retry; retry the queue."));
    assertThat(details(id, TraceEvent.Kind.RETRY)).isEmpty();
  }

  @Test
  void removesAMessageAndTellsTheSender() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    assertThat(operate(id, MessageOperation.RETURN)).isEqualTo(OperationResult.DONE);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.mailbox(Lab.ALICE).get(0).ndr()).isTrue();
    assertThat(Lab.text(ndr()))
        .contains("Status: 5.3.2")
        .contains("550 5.3.2 QUEUE.Admin; message deleted by administrative action");
    assertThat(details(id, TraceEvent.Kind.REMOVE))
        .containsExactly("Removed with NDR by cli: the host is moved");
    lab.advance(Duration.ofHours(30));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void removesAMessageAndTellsNobody() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    operate(id, MessageOperation.REMOVE);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.message(id).recipients().get(0).code().map(Object::toString)).contains("5.3.2");
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.READY);
  }

  @Test
  void keepsWhatWasDeliveredWhenTheRestIsRemoved() {
    Mailbox bob = Mailbox.of("bob@contoso.example");
    Mailbox carol = Mailbox.of("carol@contoso.example");
    lab.transport.answers(
        request ->
            new AttemptReport(
                FakeTransport.destination(),
                Map.of(bob, FakeTransport.OK),
                false,
                Map.of(carol, FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Mailbox busy")),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    String id = lab.submit("bob@contoso.example", "carol@contoso.example");
    assertThat(operate(id, MessageOperation.RETURN)).isEqualTo(OperationResult.DONE);
    assertThat(lab.message(id).recipients())
        .extracting(RecipientView::status)
        .containsExactly(MessageStatus.DELIVERED, MessageStatus.FAILED);
    assertThat(Lab.text(ndr())).contains("carol@").doesNotContain("Final-Recipient: rfc822;bob@");
  }

  @Test
  void waitsForTheOutcomeOfAnAttempt() {
    lab.transport.hangs();
    CompletableFuture<?> submitted = submitAsync("bob@contoso.example");
    FakeTransport.Made attempt = lab.transport.take();
    submitted.join();
    CompletableFuture<OperationResult> removal = start(attempt.message(), MessageOperation.RETURN);
    assertThat(removal).isNotDone();
    attempt.outcome().complete(FakeTransport.delivered(attempt.request()));
    assertThat(removal.join())
        .isEqualTo(
            OperationResult.notApplicable(
                "Message " + attempt.message() + " is Delivered already."));
    lab.time.settle();
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
  }

  @Test
  void removesAMessageAfterAnAttemptThatFailed() {
    lab.transport.hangs();
    submitAsync("bob@contoso.example").join();
    FakeTransport.Made attempt = lab.transport.take();
    CompletableFuture<OperationResult> removal = start(attempt.message(), MessageOperation.RETURN);
    attempt.outcome().complete(FakeTransport.failed(new Failure.Vanished(Stage.DATA, true, false)));
    assertThat(removal.join()).isEqualTo(OperationResult.DONE);
    lab.time.settle();
    assertThat(lab.message(attempt.message()).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void routesAMessageToTheConnectorThatServesItNow() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example", "carol@contoso.example");
    lab.connectors =
        List.of(
            Lab.connector(Lab.CONNECTOR, false, "contoso.example"),
            Lab.connector("New", true, "contoso.example"));
    lab.transport.delivers();
    assertThat(operate(id, MessageOperation.REROUTE)).isEqualTo(OperationResult.DONE);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.queue.queues()).extracting(QueueView::messageCount).containsExactly(0L, 0L);
    assertThat(lab.transport.made().get(1).request().connector().name()).isEqualTo("New");
    assertThat(details(id, TraceEvent.Kind.RESUBMIT))
        .containsExactly("Routed again by cli: the host is moved");
  }

  @Test
  void routesAMessageBackIntoAQueueThatItHadLeft() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.connectors = List.of(Lab.connector("New", true, "contoso.example"));
    operate(id, MessageOperation.REROUTE);
    lab.connectors = List.of(Lab.connector(Lab.CONNECTOR, true, "contoso.example"));
    operate(id, MessageOperation.REROUTE);
    assertThat(lab.queue.queues()).extracting(QueueView::messageCount).containsExactly(1L, 0L);
    assertThat(lab.message(id).attempts()).isEqualTo(2);
    lab.close();
    lab = new Lab(directory, Lab.START.plusSeconds(120));
    lab.queue.start();
    lab.advance(Duration.ofMinutes(10));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void leavesARecipientWhereItIsWhenNoConnectorServesIt() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.connectors = List.of();
    assertThat(operate(id, MessageOperation.REROUTE))
        .isEqualTo(OperationResult.notApplicable("Message " + id + " is routed as before."));
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);
  }

  @Test
  void returnsWhomAnAuthoritativeDomainDoesNotKnowAndKeepsWhomNobodyServes() {
    lab.connectors =
        List.of(Lab.connector(Lab.CONNECTOR, true, "contoso.example", "partner.example"));
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example", "carol@contoso.example", "p@partner.example");
    Mailbox bob = Mailbox.of("bob@contoso.example");
    lab.organization = authoritative(Set.of(Lab.ALICE, bob));
    lab.connectors = List.of();

    assertThat(operate(id, MessageOperation.REROUTE_OR_RETURN)).isEqualTo(OperationResult.DONE);

    assertThat(lab.message(id).recipients())
        .extracting(RecipientView::status)
        .containsExactly(MessageStatus.DELIVERED, MessageStatus.FAILED, MessageStatus.PENDING);
    assertThat(lab.mailbox(bob)).hasSize(1);
    assertThat(lab.mailbox(Lab.ALICE))
        .extracting(item -> String.valueOf(item.status().orElseThrow()))
        .containsExactly("5.1.10");
    assertThat(details(id, TraceEvent.Kind.FAIL))
        .containsExactly(
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address"
                + " lookup");
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);
    assertThat(operate(id, MessageOperation.REROUTE_OR_RETURN).kind())
        .isEqualTo(OperationResult.Kind.NOT_APPLICABLE);
  }

  @Test
  void aMessageWhoseRecipientsAreAllUnknownLeavesItsQueue() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.organization = authoritative(Set.of());
    operate(id, MessageOperation.REROUTE);
    assertThat(lab.onlyQueue().messageCount()).isEqualTo(1);

    operate(id, MessageOperation.REROUTE_OR_RETURN);

    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.onlyQueue().messageCount()).isZero();
  }

  private static Organization authoritative(Set<Mailbox> mailboxes) {
    return new Organization(
        List.of(
            new AcceptedDomain(
                DomainName.of("contoso.example"), AcceptedDomain.Type.AUTHORITATIVE, mailboxes)),
        List.of());
  }

  @ParameterizedTest
  @EnumSource
  void doesNothingToAMessageThatIsFinished(MessageOperation operation) {
    String id = lab.submit("bob@contoso.example");
    assertThat(operate(id, operation))
        .isEqualTo(OperationResult.notApplicable("Message " + id + " is Delivered already."));
  }

  @ParameterizedTest
  @EnumSource
  void knowsNoMessageThatIsNotThere(MessageOperation operation) {
    assertThat(operate("nosuch", operation)).isEqualTo(OperationResult.UNKNOWN);
  }

  @Test
  void suspendsAndResumesOnlyOnce() {
    busyMailbox();
    String id = lab.submit("bob@contoso.example");
    assertThat(operate(id, MessageOperation.RESUME).detail())
        .isEqualTo("Message " + id + " is not suspended.");
    operate(id, MessageOperation.SUSPEND);
    assertThat(operate(id, MessageOperation.SUSPEND).detail())
        .isEqualTo("Message " + id + " is suspended already.");
    assertThat(operate(id, MessageOperation.RETRY).detail())
        .isEqualTo("Message " + id + " is suspended; resume it first.");
  }

  private MessageContent ndr() {
    String id = lab.mailbox(Lab.ALICE).get(0).id();
    return lab.queue.mailboxContent(Lab.ALICE, id).orElseThrow();
  }

  private void busyMailbox() {
    lab.transport.answers(
        request ->
            FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Mailbox busy")));
  }

  private CompletableFuture<?> submitAsync(String to) {
    return lab.queue
        .submit(Lab.envelope("alice@contoso.example", to), Lab.mail("Hello"))
        .toCompletableFuture();
  }

  private CompletableFuture<OperationResult> start(String id, MessageOperation operation) {
    return lab.queue.operate(id, operation, ORDER).toCompletableFuture();
  }

  private OperationResult operate(String id, MessageOperation operation) {
    OperationResult result = start(id, operation).join();
    lab.time.settle();
    return result;
  }

  private List<String> details(String id, TraceEvent.Kind kind) {
    return lab.queue.trace(id).stream()
        .filter(event -> event.kind() == kind)
        .map(TraceEvent::detail)
        .toList();
  }
}
