package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.SmtpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replies to a message or a recipient do to that one alone. */
final class MessageClockTest {
  private static final Mailbox BOB = Mailbox.of("bob@contoso.example");
  private static final Mailbox CAROL = Mailbox.of("carol@contoso.example");
  private static final Mailbox DAVE = Mailbox.of("dave@contoso.example");

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
  void waitsFifteenMinutesAtMostATenthLessAfterTheFirstDeferral() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.DOT, 451, "4.3.0 Later")));
    String id = lab.submit("bob@contoso.example");
    lab.advance(Duration.ofHours(1));
    List<Instant> times = lab.transport.made().stream().map(FakeTransport.Made::time).toList();
    assertThat(times.get(0)).isEqualTo(Lab.START);
    assertBetween(times.get(0), times.get(1), Duration.ofSeconds(810), Duration.ofMinutes(15));
    assertBetween(times.get(1), times.get(2), Duration.ofSeconds(810), Duration.ofMinutes(15));
    assertBetween(times.get(2), times.get(3), Duration.ofMinutes(27), Duration.ofMinutes(30));
    assertThat(lab.message(id).attempts()).isEqualTo(times.size());
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.ACTIVE);
    assertThat(lab.onlyQueue().deferredMessageCount()).isEqualTo(1);
  }

  @Test
  void doesNotMakeOtherMessagesWait() {
    lab.transport.answers(
        request ->
            request.envelope().recipients().contains(BOB)
                ? FakeTransport.failed(FakeTransport.replied(Stage.MAIL, 452, "4.3.1 Full"))
                : FakeTransport.delivered(request));
    String deferred = lab.submit("bob@contoso.example");
    String other = lab.submit("carol@contoso.example");
    assertThat(lab.message(deferred).status()).isEqualTo(MessageStatus.PENDING);
    assertThat(lab.message(other).status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void decidesEachRecipientOnItsOwn() {
    lab.transport.answers(MessageClockTest::mixed);
    String id = lab.submit("bob@contoso.example", "carol@contoso.example", "dave@contoso.example");
    MessageView view = lab.message(id);
    assertThat(view.status()).isEqualTo(MessageStatus.PENDING);
    assertThat(view.recipients())
        .containsExactly(
            recipient(BOB, MessageStatus.DELIVERED, "2.0.0", null),
            recipient(CAROL, MessageStatus.PENDING, "4.2.1", "450 4.2.1 Busy"),
            recipient(
                DAVE,
                MessageStatus.FAILED,
                "5.1.351",
                "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable"
                    + " -> 550 5.1.1 No such user"));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(15));
    assertThat(lab.transport.made().get(1).recipients()).containsExactly(CAROL.toString());
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void triesRecipientsThatWereDeferredTogetherTogether() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.DATA, 451, "4.3.0 Later")));
    lab.submit("bob@contoso.example", "carol@contoso.example");
    lab.advance(Duration.ofMinutes(15));
    assertThat(lab.transport.made()).hasSize(2).allMatch(made -> made.recipients().size() == 2);
  }

  @Test
  void returnsAMessageThatIsRefusedAtOnce() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.DOT, 554, "5.7.1 Spam")));
    String id = lab.submit("bob@contoso.example", "carol@contoso.example");
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(lab.mailbox(Lab.ALICE))
        .singleElement()
        .satisfies(
            ndr -> {
              assertThat(ndr.ndr()).isTrue();
              assertThat(ndr.from().isNull()).isTrue();
              assertThat(ndr.subject()).isEqualTo("Undeliverable: Hello");
              assertThat(ndr.status().map(Object::toString)).contains("5.0.350");
            });
  }

  @Test
  void tellsWhatHappensInItsOrder() {
    lab.transport.answers(MessageClockTest::mixed);
    String id = lab.submit("bob@contoso.example", "carol@contoso.example", "dave@contoso.example");
    assertThat(lab.queue.trace(id).stream().map(TraceEvent::kind))
        .containsExactly(
            TraceEvent.Kind.RECEIVE,
            TraceEvent.Kind.SUBMIT,
            TraceEvent.Kind.SEND,
            TraceEvent.Kind.DEFER,
            TraceEvent.Kind.FAIL);
    assertThat(lab.events.stream().map(ConnectorEvent::trace))
        .containsExactlyElementsOf(lab.queue.trace(id));
    assertThat(lab.queue.trace(id).get(2).detail())
        .isEqualTo(
            "Sent to mail.contoso.example over TLSv1.3 TLS_AES_256_GCM_SHA384: 250 2.0.0 OK");
  }

  @Test
  void stopsTheQueueForA421ThatComesBeforeAnyDelivery() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.MAIL, 421, "4.3.2 Closing")));
    lab.submit("bob@contoso.example");
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.RETRY);
    assertThat(lab.onlyQueue().lastError().map(error -> error.status().toString()))
        .contains("4.3.2");
  }

  @Test
  void triesOnlyThoseAgainWhomTheNextHopHadNoRoomForInOneTransaction() {
    SmtpReply full = SmtpReply.of(452, "4.5.3 Too many recipients");
    Map<Mailbox, Failure> left =
        Map.of(
            CAROL, new Failure.Replied(Stage.RCPT, full, false),
            DAVE, new Failure.Replied(Stage.RCPT, full, false));
    lab.transport.answers(
        request ->
            new AttemptReport(
                FakeTransport.destination(),
                Map.of(BOB, FakeTransport.OK),
                false,
                left,
                Optional.empty(),
                Optional.empty(),
                List.of()));
    String id = lab.submit(BOB.toString(), CAROL.toString(), DAVE.toString());
    assertThat(lab.message(id).recipients())
        .extracting(RecipientView::status)
        .containsExactly(MessageStatus.DELIVERED, MessageStatus.PENDING, MessageStatus.PENDING);
    lab.transport.delivers();
    lab.advance(Duration.ofHours(1));
    assertThat(lab.transport.made().get(1).recipients())
        .containsExactly(CAROL.toString(), DAVE.toString());
    assertThat(lab.transport.made()).hasSize(2);
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
  }

  @Test
  void goesToOneDomainPerAttemptWhenTheConnectorFollowsMx() {
    lab.close();
    lab = new Lab(directory.resolve("mx"), Lab.START, Lab.mxConnector("Partners", "*"));
    lab.queue.start();
    lab.submit("a@fabrikam.example", "b@adatum.example", "c@fabrikam.example");
    assertThat(lab.transport.made().stream().map(FakeTransport.Made::recipients))
        .containsExactlyInAnyOrder(
            List.of("a@fabrikam.example", "c@fabrikam.example"), List.of("b@adatum.example"));
    assertThat(lab.queue.queues()).hasSize(2);
  }

  @Test
  void usesTheConnectorAsItIsWhenTheAttemptStarts() {
    lab.transport.refusesConnections();
    lab.submit("a@contoso.example");
    lab.connectors = List.of(Lab.mxConnector(Lab.CONNECTOR, "contoso.example"));
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(1));
    AttemptRequest last = lab.transport.made().get(1).request();
    assertThat(last.connector().useMxRecord()).isTrue();
    assertThat(last.nextHop().mxDomain().map(Object::toString)).contains("contoso.example");
  }

  @Test
  void servesAllDomainsOfAQueueThatCameUnderMx() {
    lab.close();
    lab = new Lab(directory.resolve("hosts"), Lab.START, Lab.connector("Partners", true, "*"));
    lab.queue.start();
    lab.transport.refusesConnections();
    String id = lab.submit("a@fabrikam.example", "b@adatum.example");
    lab.connectors = List.of(Lab.mxConnector("Partners", "*"));
    lab.transport.delivers();
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.transport.made()).hasSize(3);
  }

  private static AttemptReport mixed(AttemptRequest request) {
    return new AttemptReport(
        FakeTransport.destination(),
        Map.of(BOB, FakeTransport.OK),
        false,
        Map.of(
            CAROL,
            new Failure.Replied(Stage.RCPT, SmtpReply.of(450, "4.2.1 Busy"), false),
            DAVE,
            new Failure.Replied(Stage.RCPT, SmtpReply.of(550, "5.1.1 No such user"), false)),
        Optional.empty(),
        Optional.of("TLSv1.3 TLS_AES_256_GCM_SHA384"),
        List.of());
  }

  private static RecipientView recipient(
      Mailbox address, MessageStatus status, String code, @Nullable String error) {
    String tried = " [LastAttemptedServerName=mail.contoso.example]";
    boolean pending = status == MessageStatus.PENDING;
    return new RecipientView(
        address,
        status,
        EnhancedStatusCode.parse(code),
        Optional.ofNullable(error)
            .map(text -> pending ? text + tried + " [LastAttemptedIP=127.0.0.1:2525]" : text));
  }

  private static void assertBetween(Instant from, Instant to, Duration least, Duration most) {
    assertThat(Duration.between(from, to)).isBetween(least, most);
  }
}
