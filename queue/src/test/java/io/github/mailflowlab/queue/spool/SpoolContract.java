package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every spool does. */
interface SpoolContract {
  Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
  Instant EXPIRES = NOW.plus(Duration.ofHours(24));
  NextHop HOP = new NextHop("To on-premises", Optional.empty());
  Mailbox BOB = Mailbox.of("bob@contoso.example");

  /** A new spool, or the same opened again after it was closed. */
  Spool spool();

  /** Closes the spool and opens it again. */
  Spool reopen();

  @Test
  default void startsEmpty() {
    assertThat(spool().queues()).isEmpty();
    assertThat(spool().greatestId()).isEmpty();
    assertThat(spool().nextExpiry(Instant.EPOCH)).isEmpty();
    assertThat(spool().mail("a")).isEmpty();
    assertThat(spool().content("a")).isEmpty();
  }

  @Test
  default void keepsSettings() {
    spool().putSetting("clock", "PT1H").toCompletableFuture().join();
    spool().putSetting("clock", "PT2H").toCompletableFuture().join();
    assertThat(spool().setting("clock")).contains("PT2H");
    assertThat(spool().setting("other")).isEmpty();
    assertThat(reopen().setting("clock")).contains("PT2H");
  }

  @Test
  default void keepsAMessageAsItWas() throws IOException {
    SpooledMail mail = mail("a1", NOW);
    commit(queue(), new Change.StoreMessage(mail, content("Subject: x\r\n\r\nHello\r\n")));
    assertThat(spool().mail("a1")).contains(mail);
    Spool again = reopen();
    assertThat(again.mail("a1")).contains(mail);
    assertThat(again.greatestId()).contains("a1");
    assertThat(text(again.content("a1").orElseThrow())).isEqualTo("Subject: x\r\n\r\nHello\r\n");
  }

  @Test
  default void keepsWhatTheEnvelopeAskedFor() {
    Mailbox sender = Mailbox.of("jürgen@contoso.example");
    Mailbox carol = Mailbox.of("Çarol@zürich.example");
    RecipientDsn never = new RecipientDsn(Set.of(Notify.NEVER), Optional.empty());
    RecipientDsn success =
        new RecipientDsn(
            Set.of(Notify.SUCCESS, Notify.DELAY), OriginalRecipient.parse("utf-8;çarol@x.example"));
    SpooledMail mail =
        new SpooledMail(
            new SpooledMessage(
                "a1",
                "<1@contoso.example>",
                ReversePath.of(sender),
                BodyType.EIGHT_BIT_MIME,
                true,
                Optional.of(ReturnContent.HDRS),
                EnvelopeId.parse("QQ+2B1"),
                "x",
                1,
                NOW,
                NOW.plusSeconds(1),
                RecipientState.PENDING),
            List.of(
                SpooledRecipient.queued(0, BOB, never, 1, NOW),
                SpooledRecipient.queued(1, carol, success, 1, NOW)),
            List.of());
    commit(queue(), new Change.StoreMessage(mail, content("x")));

    SpooledMail kept = reopen().mail("a1").orElseThrow();

    assertThat(kept).isEqualTo(mail);
    assertThat(kept.dsn())
        .isEqualTo(
            new DsnRequest(
                Optional.of(ReturnContent.HDRS),
                EnvelopeId.parse("QQ+2B1"),
                Map.of(BOB, never, carol, success)));
    commit(new Change.UpdateRecipient("a1", mail.recipients().get(1)));
    assertThat(spool().mail("a1")).contains(mail);
  }

  @ParameterizedTest(name = "{0} octets")
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003})
  default void keepsContentOfAnySize(int size) throws IOException {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    commit(queue(), new Change.StoreMessage(mail("a1", NOW), MessageContent.of(octets)));
    MessageContent stored = spool().content("a1").orElseThrow();
    assertThat(stored.size()).isEqualTo(size);
    try (InputStream in = stored.open()) {
      assertThat(in.readAllBytes()).isEqualTo(octets);
    }
  }

  @Test
  default void keepsTheStateOfAQueue() throws IOException {
    Destination destination =
        new Destination(
            "mail.contoso.example",
            Optional.of(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 2525)));
    SpooledQueue state =
        new SpooledQueue(
            1,
            new NextHop("Partners", Optional.of(DomainName.of("fabrikam.example"))),
            true,
            7,
            3,
            Optional.of(error(NOW, Optional.of(destination))),
            Optional.of(NOW),
            Optional.of(NOW.plusSeconds(60)));
    commit(new Change.StoreQueue(state));
    assertThat(reopen().queues()).containsExactly(state);
  }

  @Test
  default void keepsARecipientsOwnErrorWithoutADestination() {
    store("a1", NOW);
    SpooledRecipient deferred =
        recipient().deferred(2, NOW.plusSeconds(900), error(NOW, Optional.empty()));
    commit(new Change.UpdateRecipient("a1", deferred));
    assertThat(spool().mail("a1").orElseThrow().recipients()).containsExactly(deferred);
  }

  @Test
  default void makesAllChangesOrNone() {
    store("a1", NOW);
    assertThatThrownBy(
            () ->
                commit(
                    new Change.PutSetting("key", "value"),
                    new Change.StoreMessage(mail("a1", NOW), content("again"))))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SpoolException.class);
    assertThat(spool().setting("key")).isEmpty();
  }

  @Test
  default void tellsHowFarItHasComeWithWhatItWasGiven() {
    WriteProgress before = spool().progress();
    assertThat(before.finished()).isEqualTo(before.handedIn());
    store("a1", NOW);
    assertThatThrownBy(() -> store("a1", NOW)).isInstanceOf(CompletionException.class);
    WriteProgress after = spool().progress();
    assertThat(after.handedIn()).isEqualTo(before.handedIn() + 2);
    assertThat(after.finished()).isEqualTo(after.handedIn());
  }

  @Test
  default void goesOnAfterAChangeThatCouldNotBeMade() {
    store("a1", NOW);
    assertThatThrownBy(() -> store("a1", NOW)).isInstanceOf(CompletionException.class);
    store("a2", NOW);
    assertThat(reopen().due(1, NOW, NOW, 10)).containsExactly("a1", "a2");
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(2);
  }

  @Test
  default void givesWhatIsDueInOrderOfTimeAndThenOfReceipt() {
    store("a2", NOW);
    store("a1", NOW);
    store("a3", NOW.minusMillis(1));
    assertThat(spool().due(1, NOW, NOW, 10)).containsExactly("a3", "a1", "a2");
    assertThat(spool().due(1, NOW, NOW, 2)).containsExactly("a3", "a1");
    assertThat(spool().due(1, NOW.minusMillis(2), NOW, 10)).isEmpty();
    assertThat(spool().due(2, NOW, NOW, 10)).isEmpty();
    assertThat(spool().nextDue(1, NOW.minusMillis(1))).contains(NOW);
    assertThat(spool().nextDue(1, NOW)).isEmpty();
  }

  @Test
  default void leavesOutOfTheDueWhatHasExpiredAndWhatIsDueOnlyThen() {
    store("a1", NOW);
    assertThat(spool().due(1, EXPIRES, EXPIRES.minusMillis(1), 10)).containsExactly("a1");
    assertThat(spool().due(1, EXPIRES, EXPIRES, 10)).isEmpty();
    SpooledEntry entry = spool().mail("a1").orElseThrow().entry(1).orElseThrow();
    commit(new Change.UpdateEntry(entry.waiting(1, EXPIRES)));
    assertThat(spool().due(1, EXPIRES, NOW, 10)).isEmpty();
    assertThat(spool().nextDue(1, NOW)).isEmpty();
  }

  @Test
  default void findsWhatExpires() {
    store("a1", NOW);
    store("a2", NOW.plusSeconds(1));
    assertThat(spool().nextExpiry(NOW)).contains(EXPIRES);
    assertThat(spool().nextExpiry(EXPIRES)).contains(EXPIRES.plusSeconds(1));
    assertThat(spool().expired(EXPIRES.minusMillis(1), 10)).isEmpty();
    assertThat(spool().expired(EXPIRES, 10)).containsExactly("a1");
    assertThat(spool().expired(EXPIRES.plusSeconds(1), 10)).containsExactly("a1", "a2");
  }

  @Test
  default void remembersOfWhichMessagesTheirSendersAreStillToBeTold() {
    for (String id : List.of("a1", "a2", "a3", "a4")) {
      store(id, NOW);
    }
    Instant due = NOW.plus(Duration.ofHours(4));
    commit(
        new Change.PlanDelayNotice("a1", Optional.of(due.plusSeconds(1))),
        new Change.PlanDelayNotice("a2", Optional.of(due)),
        new Change.PlanDelayNotice("a3", Optional.of(due)));
    finish("a3");

    assertThat(reopen().nextDelay(NOW)).contains(due);
    assertThat(spool().nextDelay(due)).contains(due.plusSeconds(1));
    assertThat(spool().delayed(due.minusMillis(1), 10)).isEmpty();
    assertThat(spool().delayed(due, 10)).containsExactly("a2");
    assertThat(spool().delayed(EXPIRES, 10)).containsExactly("a2", "a1");
    assertThat(spool().delayed(EXPIRES, 1)).containsExactly("a2");

    commit(new Change.PlanDelayNotice("a2", Optional.empty()));
    assertThat(reopen().delayed(EXPIRES, 10)).containsExactly("a1");
  }

  @Test
  default void takesAFinishedMessageOutOfItsQueueAndKeepsIt() {
    store("a1", NOW);
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(1);
    finish("a1");
    SpooledMail after = reopen().mail("a1").orElseThrow();
    assertThat(after.message().state()).isEqualTo(RecipientState.DELIVERED);
    assertThat(after.entries().get(0).isOpen()).isFalse();
    assertThat(spool().due(1, EXPIRES, NOW, 10)).isEmpty();
    assertThat(spool().expired(EXPIRES, 10)).isEmpty();
    assertThat(spool().totals(1, NOW))
        .isEqualTo(new QueueTotals(0, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  default void countsWhatWaitsOnItsOwnClockUnlessTheWholeQueueWaits() {
    store("a1", NOW);
    store("a2", NOW.plusMillis(1));
    assertThat(spool().totals(1, NOW).waiting()).isEqualTo(1);
    assertThat(spool().totals(1, NOW.plusMillis(1)).waiting()).isZero();
    commit(
        new Change.StoreQueue(
            new SpooledQueue(
                1,
                HOP,
                true,
                1,
                1,
                Optional.of(error(NOW, Optional.empty())),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(60)))));
    assertThat(spool().totals(1, NOW).waiting()).isZero();
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(2);
  }

  @Test
  default void countsAMessageOutOfItsQueueOnce() {
    store("a1", NOW);
    store("a2", NOW);
    SpooledEntry entry = spool().mail("a1").orElseThrow().entry(1).orElseThrow();
    commit(new Change.UpdateEntry(entry.left(1, 0)), new Change.UpdateEntry(entry.left(1, 0)));
    commit(new Change.UpdateEntry(entry.left(1, 0)));
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(1);
  }

  @Test
  default void countsWhatComesAndLeavesInOneTransaction() {
    store("a1", NOW);
    SpooledEntry entry = spool().mail("a1").orElseThrow().entry(1).orElseThrow();
    commit(
        new Change.UpdateEntry(entry.left(1, 0)),
        new Change.StoreMessage(mail("a2", NOW), content("x")),
        new Change.StoreMessage(mail("a3", NOW), content("x")));
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(2);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("NUL", "a\0b", "a\uFFFDb"),
        arguments("half a surrogate", "a\uD83Db", "a?b"),
        arguments("a control", "a\1b", "a\1b"),
        arguments("no character", "a\uFFFFb", "a\uFFFFb"),
        arguments("beyond the plane", "a\uD83D\uDE00b", "a\uD83D\uDE00b"),
        arguments("quotes", "a'\"b", "a'\"b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  default void storesTextThatAPeerMade(String name, String made, String kept) {
    store("a1", NOW);
    DatedError error =
        new DatedError(
            NOW,
            new LastError(
                Optional.empty(),
                EnhancedStatusCode.of("4.0.0"),
                made,
                Optional.of(made),
                Optional.empty()));
    commit(
        new Change.UpdateRecipient("a1", recipient().deferred(1, NOW, error)),
        new Change.MessageEvent("a1", event(made)));
    assertThat(spool().mail("a1").orElseThrow().recipients().get(0).lastError().orElseThrow())
        .extracting(dated -> dated.error().reply(), dated -> dated.error().detail().orElseThrow())
        .containsExactly(kept, kept);
    assertThat(spool().trace("a1").get(0).detail()).isEqualTo(kept);
  }

  @Test
  default void settlesAMessageOnlyWhenAllItsRecipientsAreDecided() {
    SpooledMail one = mail("a1", NOW);
    SpooledRecipient carol =
        SpooledRecipient.queued(1, Mailbox.of("carol@contoso.example"), RecipientDsn.NONE, 1, NOW);
    SpooledMail two = new SpooledMail(one.message(), List.of(recipient(), carol), one.entries());
    commit(queue(), new Change.StoreMessage(two, content("x")));
    EnhancedStatusCode code = EnhancedStatusCode.of("5.1.1");
    commit(
        new Change.UpdateRecipient(
            "a1", recipient().decided(RecipientState.FAILED, code, "550 5.1.1 No")),
        new Change.Settle("a1"));
    assertThat(state("a1")).isEqualTo(RecipientState.PENDING);
    commit(
        new Change.UpdateRecipient(
            "a1",
            carol.decided(
                RecipientState.DELIVERED, EnhancedStatusCode.of("2.0.0"), "250 2.0.0 OK")),
        new Change.Settle("a1"));
    assertThat(state("a1")).isEqualTo(RecipientState.FAILED);
  }

  @Test
  default void mixesIntoATraceWhatHappenedToTheQueueMeanwhile() {
    store("a1", NOW);
    commit(new Change.MessageEvent("a1", event("own")));
    commit(new Change.QueueEvent(1, 1, event("probe 1")));
    finish("a1", 1);
    commit(new Change.QueueEvent(1, 2, event("probe 2")));
    assertThat(reopen().trace("a1").stream().map(TraceEvent::detail))
        .containsExactly("own", "probe 1");
    assertThat(spool().trace("a1").get(0)).isEqualTo(event("own"));
    assertThat(spool().trace("a2")).isEmpty();
  }

  @Test
  default void outlivesAChangeThatBreaksARule() {
    MessageContent broken =
        new MessageContent() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("a test's own");
          }
        };
    MailboxItem item =
        new MailboxItem("b1", BOB, "b1", ReversePath.NULL, "x", NOW, true, Optional.empty());

    assertThatThrownBy(
            () ->
                spool()
                    .commit(List.of(new Change.StoreMailboxItem(item, Optional.of(broken))))
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join())
        .hasCauseInstanceOf(SpoolException.class);

    commit(new Change.PutSetting("after", "it"));
    assertThat(spool().setting("after")).contains("it");
    assertThat(spool().mailboxItem(BOB, "b1")).isEmpty();
  }

  @Test
  default void keepsMailboxesApart() throws IOException {
    Mailbox alice = Mailbox.of("Alice@contoso.example");
    MailboxItem item =
        new MailboxItem(
            "b1",
            Mailbox.of("alice@contoso.example"),
            "b1",
            ReversePath.NULL,
            "Undeliverable: x",
            NOW,
            true,
            Optional.of(EnhancedStatusCode.of("5.4.316")));
    commit(new Change.StoreMailboxItem(item, Optional.of(content("report"))));
    Spool again = reopen();
    assertThat(again.mailbox(alice, Optional.empty(), 10)).containsExactly(item);
    assertThat(again.mailbox(alice, Optional.of("b1"), 10)).isEmpty();
    assertThat(again.mailboxItem(alice, "b1")).contains(item);
    assertThat(again.mailboxItem(BOB, "b1")).isEmpty();
    assertThat(again.mailboxes(Optional.empty(), 10)).containsExactly(item);
    assertThat(again.mailboxes(Optional.of(item.key()), 10)).isEmpty();
    assertThat(again.mailboxItems("b1")).containsExactly(item);
    assertThat(again.mailboxItems("b2")).isEmpty();
    assertThat(text(again.content("b1").orElseThrow())).isEqualTo("report");
    assertThat(again.greatestId()).contains("b1");
  }

  @Test
  default void sumsUpTheBacklogOfAllQueuesOfAConnector() {
    store("a1", NOW);
    commit(
        new Change.StoreQueue(
            new SpooledQueue(
                2,
                new NextHop(HOP.connector(), Optional.of(DomainName.of("fabrikam.example"))),
                false,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
    SpooledMail other = mail("a2", NOW.plusSeconds(1), 2);
    commit(new Change.StoreMessage(other, content("x")));
    assertThat(spool().backlog(HOP.connector(), NOW, 2))
        .isEqualTo(
            new Backlog(
                HOP.connector(),
                2,
                1,
                Optional.of(NOW.plusSeconds(1)),
                Optional.of(NOW),
                Optional.empty()));
  }

  @Test
  default void refusesCommitsOnceClosed() {
    Spool spool = spool();
    spool.close();
    assertThatThrownBy(() -> spool.putSetting("a", "b").toCompletableFuture().join())
        .hasCauseInstanceOf(SpoolException.class);
    spool.close();
  }

  @Test
  default void leavesSuspendedEntriesOutOfWhatIsDue() {
    store("a1", NOW);
    store("a2", NOW);
    SpooledEntry entry = spool().mail("a1").orElseThrow().entry(1).orElseThrow();
    commit(new Change.UpdateEntry(entry.suspended(true)));
    assertThat(spool().due(1, NOW, NOW, 10)).containsExactly("a2");
    assertThat(spool().nextDue(1, NOW.minusMillis(1))).contains(NOW);
    assertThat(spool().mail("a1").orElseThrow().isSuspended()).isTrue();
    commit(new Change.UpdateEntry(entry.suspended(false)));
    assertThat(reopen().due(1, NOW, NOW, 10)).containsExactly("a1", "a2");
  }

  @Test
  default void keepsTheLastOfStatesThatOneTransactionReplacesTwice() {
    SpooledQueue again =
        new SpooledQueue(1, HOP, false, 9, 0, Optional.empty(), Optional.empty(), Optional.empty());
    commit(
        queue(),
        new Change.StoreQueue(again),
        new Change.PutSetting("a", "1"),
        new Change.PutSetting("a", "2"));
    assertThat(spool().queues()).containsExactly(again);
    assertThat(spool().setting("a")).contains("2");
  }

  @Test
  default void keepsWhatIsSuspendedAsAWhole() {
    assertThat(spool().suspensions().queues()).isEmpty();
    commit(
        new Change.SuspendQueue(1, true),
        new Change.SuspendQueue(2, true),
        new Change.SuspendConnector("Partners", true),
        new Change.SuspendQueue(2, false));
    Suspensions kept = reopen().suspensions();
    assertThat(kept.queues()).containsExactly(1L);
    assertThat(kept.connectors()).containsExactly("Partners");
  }

  @Test
  default void countsAMessageAgainThatComesBackIntoAQueue() {
    store("a1", NOW);
    finish("a1", 2);
    assertThat(spool().totals(1, NOW).messages()).isZero();
    SpooledEntry left = spool().mail("a1").orElseThrow().entry(1).orElseThrow();
    SpooledEntry again = left.again(5, NOW.plusSeconds(1));
    commit(new Change.JoinQueue(again));
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(1);
    assertThat(spool().mail("a1").orElseThrow().entries()).containsExactly(again);
    assertThat(again.attemptsShown(5)).isEqualTo(left.attemptsShown(5));
  }

  @Test
  default void forgetsAFinishedMessageAndNoOther() {
    store("a1", NOW);
    store("a2", NOW);
    store("a3", NOW);
    finish("a1");
    finish("a3");
    assertThat(spool().finished("a3", 10)).containsExactly("a1");
    assertThat(spool().finished("b", 1)).containsExactly("a1");
    commit(new Change.DeleteMessage("a1"));
    assertThat(spool().mail("a1")).isEmpty();
    assertThat(spool().content("a1")).isEmpty();
    assertThat(spool().trace("a1")).isEmpty();
    assertThat(spool().mail("a3").orElseThrow().recipients()).hasSize(1);
    assertThat(spool().content("a3")).isPresent();
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(1);
    store("a1", NOW);
  }

  @Test
  default void forgetsTheOldestEventsOnly() {
    store("a1", NOW);
    assertThat(spool().oldestEvent()).isEmpty();
    for (int i = 0; i < 4; i++) {
      commit(new Change.MessageEvent("a1", event(NOW.plusSeconds(i))));
    }
    assertThat(spool().oldestEvent()).contains(NOW);
    commit(new Change.DeleteEvents(NOW.plusSeconds(3), 2));
    assertThat(spool().oldestEvent()).contains(NOW.plusSeconds(2));
    commit(new Change.DeleteEvents(NOW.plusSeconds(3), 2));
    assertThat(spool().oldestEvent()).contains(NOW.plusSeconds(3));
    commit(new Change.DeleteEvents(NOW.plusSeconds(3), 2));
    assertThat(spool().trace("a1")).hasSize(1);
  }

  private static TraceEvent event(Instant time) {
    return new TraceEvent(
        time, TraceEvent.Kind.RETRY, Optional.empty(), Optional.empty(), "x", List.of());
  }

  @Test
  default void forgetsAQueueThatNothingRefersTo() {
    store("a1", NOW);
    commit(new Change.QueueEvent(1, 1, event(NOW)));
    assertThat(spool().unusedQueues()).isEmpty();
    finish("a1");
    assertThat(spool().unusedQueues()).isEmpty();
    commit(new Change.DeleteMessage("a1"));
    assertThat(spool().unusedQueues()).containsExactly(1L);
    commit(new Change.DeleteQueue(1));
    assertThat(reopen().queues()).isEmpty();
    assertThat(spool().oldestEvent()).isEmpty();
  }

  static Stream<Arguments> questions() {
    Optional<Boolean> any = Optional.empty();
    return Stream.of(
        arguments("all", question(any, null, null, null, null), List.of("a3", "a2", "a1")),
        arguments("suspended", question(Optional.of(true), null, null, null, null), List.of("a2")),
        arguments("not", question(Optional.of(false), null, null, null, null), List.of("a3", "a1")),
        arguments("by", question(any, NOW.plusMillis(1), null, null, null), List.of("a2", "a1")),
        arguments("since", question(any, null, NOW.plusMillis(1), null, null), List.of("a3", "a2")),
        arguments(
            "sender",
            question(any, null, null, "ALICE@contoso.example", null),
            List.of("a3", "a2", "a1")),
        arguments("no sender", question(any, null, null, "", null), List.of()),
        arguments(
            "in a queue", question(any, NOW.plusMillis(1), NOW, null, 1L), List.of("a2", "a1")),
        arguments("in another", question(any, null, null, null, 2L), List.of()));
  }

  private static MessageQuery question(
      Optional<Boolean> suspended,
      @Nullable Instant by,
      @Nullable Instant since,
      @Nullable String sender,
      @Nullable Long queue) {
    return new MessageQuery(
        Optional.empty(),
        Optional.ofNullable(sender).flatMap(ReversePath::parse),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        queue == null ? OptionalLong.empty() : OptionalLong.of(queue),
        Optional.ofNullable(by),
        Optional.ofNullable(since),
        suspended,
        Optional.empty(),
        10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  default void findsTheMessagesThatAreMeant(String name, MessageQuery query, List<String> found) {
    store("a1", NOW);
    store("a2", NOW.plusMillis(1));
    store("a3", NOW.plusMillis(2));
    SpooledEntry entry = spool().mail("a2").orElseThrow().entry(1).orElseThrow();
    commit(new Change.UpdateEntry(entry.suspended(true)));
    assertThat(spool().messages(query))
        .extracting(mail -> mail.message().id())
        .containsExactlyElementsOf(found);
  }

  // Shorthands.

  @Test
  default void keepsApartWhatIsArrivingUntilItJoins() {
    SpooledMail mail = mail("a1", NOW);
    SpooledMail arriving =
        new SpooledMail(
            mail.message(), mail.recipients(), List.of(SpooledEntry.arriving(mail.message(), 1)));
    commit(
        new Change.AddQueue(((Change.StoreQueue) queue()).queue()),
        new Change.StoreMessage(arriving, MessageContent.of(new byte[1])));
    assertThat(spool().mail("a1")).contains(arriving);
    assertThat(spool().arriving(10)).containsExactly(arriving);
    assertThat(spool().due(1, NOW, NOW, 10)).isEmpty();
    assertThat(spool().totals(1, NOW).messages()).isZero();

    commit(new Change.JoinQueue(mail.entries().get(0)));
    assertThat(spool().mail("a1")).contains(mail);
    assertThat(spool().arriving(10)).isEmpty();
    assertThat(spool().due(1, NOW, NOW, 10)).containsExactly("a1");
    assertThat(spool().totals(1, NOW).messages()).isEqualTo(1);
  }

  @Test
  default void leavesAQueueAsItIsThatIsThereAlready() {
    SpooledQueue retrying =
        new SpooledQueue(
            1, HOP, true, 3, 3, Optional.empty(), Optional.of(NOW), Optional.of(EXPIRES));
    commit(new Change.StoreQueue(retrying));
    commit(new Change.AddQueue(((Change.StoreQueue) queue()).queue()));
    assertThat(spool().queues()).containsExactly(retrying);
  }

  default void commit(Change... changes) {
    spool().commit(List.of(changes)).toCompletableFuture().join();
  }

  default void store(String id, Instant received) {
    commit(queue(), new Change.StoreMessage(mail(id, received), content("x")));
  }

  default void finish(String id) {
    finish(id, 0);
  }

  default void finish(String id, long probes) {
    SpooledEntry entry = spool().mail(id).orElseThrow().entry(1).orElseThrow();
    commit(
        new Change.UpdateRecipient(
            id,
            recipient()
                .decided(RecipientState.DELIVERED, EnhancedStatusCode.of("2.0.0"), "250 2.0.0 OK")),
        new Change.UpdateEntry(entry.left(1, probes)),
        new Change.Settle(id));
  }

  default RecipientState state(String id) {
    return spool().mail(id).orElseThrow().message().state();
  }

  static Change queue() {
    return new Change.StoreQueue(
        new SpooledQueue(
            1, HOP, false, 0, 0, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  static SpooledMail mail(String id, Instant received) {
    return mail(id, received, 1);
  }

  static SpooledMail mail(String id, Instant received, long queue) {
    Instant expires = received.plus(Duration.ofHours(24));
    SpooledMessage message =
        new SpooledMessage(
            id,
            "<1@contoso.example>",
            ReversePath.of(Mailbox.of("alice@contoso.example")),
            BodyType.EIGHT_BIT_MIME,
            false,
            Optional.empty(),
            Optional.empty(),
            "Grüße",
            1,
            received,
            expires,
            RecipientState.PENDING);
    return new SpooledMail(
        message,
        List.of(SpooledRecipient.queued(0, BOB, RecipientDsn.NONE, queue, NOW)),
        List.of(
            new SpooledEntry(
                id, queue, received, expires, Optional.of(received), 0, 0, OptionalLong.empty())));
  }

  static SpooledRecipient recipient() {
    return SpooledRecipient.queued(0, BOB, RecipientDsn.NONE, 1, NOW);
  }

  static DatedError error(Instant time, Optional<Destination> destination) {
    return new DatedError(
        time,
        new LastError(
            Optional.of(ConnectorStatus.CONNECTION_REFUSED),
            ConnectorStatus.CONNECTION_REFUSED.code(),
            ConnectorStatus.CONNECTION_REFUSED.deferredReply(),
            Optional.of("Socket error code 10061"),
            destination));
  }

  static TraceEvent event(String detail) {
    return new TraceEvent(
        NOW,
        TraceEvent.Kind.DEFER,
        Optional.of(BOB),
        Optional.of(EnhancedStatusCode.of("4.4.316")),
        detail,
        List.of("-> EHLO x", "<- 250 ok"));
  }

  static MessageContent content(String text) {
    return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(MessageContent content) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
