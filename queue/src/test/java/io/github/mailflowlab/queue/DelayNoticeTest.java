package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.status.SmtpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When senders are told that their mail is late, who is, and that nobody is told twice. */
final class DelayNoticeTest {
  private static final Duration AFTER = Duration.ofHours(4);
  private static final Instant DUE = Lab.START.plus(AFTER);
  private static final RetryPolicy TELLING =
      RetryPolicy.EXCHANGE.withDelayNotice(Optional.of(AFTER));
  private static final Mailbox BOB = Mailbox.of("bob@contoso.example");
  private static final Mailbox CAROL = Mailbox.of("carol@contoso.example");

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    restart(Lab.START, TELLING);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void restart(Instant now, RetryPolicy policy) {
    if (lab != null) {
      lab.close();
    }
    lab = new Lab(directory, now, policy);
    lab.transport.refusesConnections();
    lab.queue.start();
    lab.time.settle();
  }

  @Test
  void tellsOnceAtTheInstantAndNotBefore() {
    String id = lab.submit("bob@contoso.example", "carol@contoso.example");
    lab.advance(AFTER.minusMillis(1));
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();

    lab.advance(Duration.ofMillis(1));

    MailboxView notice = lab.mailbox(Lab.ALICE).get(0);
    assertThat(notice.subject()).isEqualTo("Delivery delayed: Hello");
    assertThat(notice.ndr()).isFalse();
    assertThat(notice.received()).isEqualTo(DUE);
    assertThat(text(notice))
        .contains("Final-Recipient: rfc822;bob@contoso.example", "Action: delayed")
        .contains("Final-Recipient: rfc822;carol@contoso.example", "Status: 4.4.7")
        .contains("Will-Retry-Until: Tue, 2 Jun 2026 08:00:00 +0000")
        .contains("Content-Type: text/rfc822-headers");
    assertThat(told(id)).extracting(TraceEvent::time).containsExactly(DUE);

    lab.advance(Duration.ofHours(19));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    lab.advance(Duration.ofHours(1));
    assertThat(lab.mailbox(Lab.ALICE))
        .extracting(MailboxView::subject)
        .containsExactly("Undeliverable: Hello", "Delivery delayed: Hello");
  }

  @Test
  void tellsNothingUnlessItIsSwitchedOn() {
    restart(Lab.START, RetryPolicy.EXCHANGE);
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofHours(23));
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
  }

  @Test
  void tellsNothingOfWhatWasDeliveredBefore() {
    lab.submit("bob@contoso.example");
    lab.advance(AFTER.minusMinutes(30));
    lab.transport.delivers();
    lab.advance(Duration.ofHours(20));
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
  }

  @Test
  void leavesNoAlarmBehindForWhatHasLeft() {
    lab.transport.delivers();
    lab.submit("bob@contoso.example");
    assertThat(lab.time.waiting()).isEmpty();

    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    assertThat(lab.time.waiting()).contains(DUE);
    lab.queue
        .operate(id, MessageOperation.REMOVE, new Order("test", Optional.empty()))
        .toCompletableFuture()
        .join();
    lab.time.settle();
    assertThat(lab.time.waiting()).doesNotContain(DUE);
  }

  @Test
  void tellsOnlyOfThoseWhoStillWait() {
    lab.transport.answers(DelayNoticeTest::takesAllButCarol);
    lab.submit("bob@contoso.example", "carol@contoso.example");
    lab.advance(AFTER);
    String notice = text(lab.mailbox(Lab.ALICE).get(0));
    assertThat(notice).contains("rfc822;carol@").doesNotContain("rfc822;bob@").contains("4.2.2");
  }

  @ParameterizedTest(name = "NOTIFY={0}: told {1}")
  @CsvSource({
    "'', true", // RFC 3461 4.1: FAILURE, or FAILURE and DELAY, as the server likes
    "NEVER, false",
    "SUCCESS, false",
    "FAILURE, false",
    "DELAY, true",
    "SUCCESS-DELAY, true",
    "FAILURE-DELAY, true",
    "SUCCESS-FAILURE-DELAY, true",
    "SUCCESS-FAILURE, false",
  })
  void tellsThoseWhoWantToHearOfDelays(String notifyOf, boolean told) {
    lab.submit(envelope("alice@contoso.example", Map.of(BOB, asking(notifyOf))), Lab.mail("Hello"));
    lab.advance(AFTER);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(told ? 1 : 0);
  }

  @Test
  void namesOnlyTheRecipientsOfWhomTheSenderWantsToHear() {
    lab.submit(
        envelope("alice@contoso.example", Map.of(BOB, asking("NEVER"), CAROL, asking("DELAY"))),
        Lab.mail("Hello"));
    lab.advance(AFTER);
    assertThat(text(lab.mailbox(Lab.ALICE).get(0)))
        .contains("Original-Envelope-Id: QQ+1")
        .contains("rfc822;carol@")
        .doesNotContain("rfc822;bob@");
  }

  @Test
  void tellsNothingToANullReversePath() {
    lab.submit(envelope("", Map.of(BOB, asking("DELAY"))), Lab.mail("Hello"));
    lab.advance(AFTER);
    assertThat(lab.queue.mailboxes(10, Optional.empty()).items()).isEmpty();
  }

  @Test
  void tellsAfterARestartWhatBecameDueMeanwhileAndThatOnce() {
    String id = lab.submit("bob@contoso.example");
    restart(DUE.plusSeconds(1), TELLING);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);

    restart(DUE.plusSeconds(2), TELLING);
    lab.advance(AFTER);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
    assertThat(told(id)).hasSize(1);
  }

  @Test
  void keepsTheInstantOverARestart() {
    lab.submit("bob@contoso.example");
    restart(DUE.minusSeconds(1), TELLING);
    assertThat(lab.mailbox(Lab.ALICE)).isEmpty();
    lab.advance(Duration.ofSeconds(1));
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void returnsWhatExpiredMeanwhileAndTellsOfNoDelay() {
    lab.submit("bob@contoso.example");
    restart(Lab.START.plus(Duration.ofDays(2)), TELLING);
    assertThat(lab.mailbox(Lab.ALICE))
        .extracting(MailboxView::subject)
        .containsExactly("Undeliverable: Hello");
  }

  @Test
  void tellsOfManyPageByPage() {
    for (int i = 0; i < 150; i++) {
      lab.submit("bob@contoso.example");
    }
    lab.advance(AFTER);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(150);
  }

  private static AttemptReport takesAllButCarol(AttemptRequest request) {
    AttemptReport all = FakeTransport.delivered(request);
    Map<Mailbox, SmtpReply> delivered = new HashMap<>(all.delivered());
    delivered.remove(CAROL);
    return new AttemptReport(
        all.destination(),
        delivered,
        false,
        Map.of(CAROL, FakeTransport.replied(Stage.RCPT, 452, "4.2.2 Full")),
        Optional.empty(),
        all.tls(),
        all.transcript());
  }

  private List<TraceEvent> told(String id) {
    return lab.queue.trace(id).stream()
        .filter(event -> event.kind() == TraceEvent.Kind.DSN)
        .toList();
  }

  private String text(MailboxView item) {
    return Lab.text(lab.queue.mailboxContent(Lab.ALICE, item.id()).orElseThrow());
  }

  private static RecipientDsn asking(String notifyOf) {
    Set<Notify> asked =
        notifyOf.isEmpty()
            ? Set.of()
            : Set.of(notifyOf.split("-")).stream().map(Notify::valueOf).collect(Collectors.toSet());
    return new RecipientDsn(asked, Optional.empty());
  }

  private static Envelope envelope(String from, Map<Mailbox, RecipientDsn> asked) {
    return new Envelope(
        ReversePath.parse(from).orElseThrow(),
        List.copyOf(asked.keySet()),
        BodyType.SEVEN_BIT,
        false,
        new DsnRequest(Optional.empty(), EnvelopeId.parse("QQ+2B1"), asked));
  }
}
