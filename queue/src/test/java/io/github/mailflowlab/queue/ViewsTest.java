package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the queue shows of itself. */
final class ViewsTest {
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
  void pagesThroughMessagesTheNewestFirst() {
    List<String> ids = submitFive();
    assertThat(paged(MessageFilter.ALL)).isEqualTo(newestFirst(ids));
  }

  @Test
  void pagesThroughAQueueTheNewestFirst() {
    lab.submit("carol@contoso.example");
    lab.transport.refusesConnections();
    List<String> ids = submitFive();
    assertThat(paged(MessageFilter.ALL.withQueueId("q1"))).isEqualTo(newestFirst(ids));
  }

  @Test
  void reachesAMessageThatCameWhilePagesWereRead() {
    submitFive();
    Page<MessageView> first = lab.queue.messages(MessageFilter.ALL, 2, Optional.empty());
    String late = lab.submit("bob@contoso.example");
    assertThat(lab.queue.messages(MessageFilter.ALL, 9, first.nextCursor()).items()).hasSize(3);
    assertThat(paged(MessageFilter.ALL)).startsWith(late).hasSize(6);
  }

  @Test
  void pagesThroughMailboxesTheNewestFirst() {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String subject = "Mail " + i;
      lab.submit(Lab.envelope("bob@contoso.example", "alice@contoso.example"), Lab.mail(subject));
      subjects.add(subject);
    }
    assertThat(subjects(cursor -> lab.queue.mailbox(Lab.ALICE, 2, cursor)))
        .isEqualTo(newestFirst(subjects));
    assertThat(subjects(cursor -> lab.queue.mailboxes(2, cursor))).isEqualTo(newestFirst(subjects));
  }

  @Test
  void showsWhenAQueueGoesOnInWhichOnlySingleMessagesWait() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Busy")));
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofMinutes(1));
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.2 Full")));
    lab.submit("carol@contoso.example");
    QueueView view = lab.onlyQueue();
    assertThat(view.status()).isEqualTo(QueueStatus.ACTIVE);
    assertThat(view.deferredMessageCount()).isEqualTo(2);
    assertThat(view.lastError().map(error -> error.status().toString())).contains("4.2.2");
    Instant next = view.nextRetryTime().orElseThrow();
    assertThat(next)
        .isAfter(Lab.START.plusSeconds(800))
        .isBeforeOrEqualTo(Lab.START.plusSeconds(900));
    assertThat(lab.transport.made()).hasSize(2);
    lab.time.advanceTo(next);
    assertThat(lab.transport.made()).hasSize(3);
    lab.transport.delivers();
    lab.advance(Duration.ofHours(1));
    assertThat(lab.onlyQueue().nextRetryTime()).isEmpty();
    assertThat(lab.onlyQueue().lastError()).isEmpty();
  }

  @Test
  void endsWithoutACursorWhenTheLastPageIsExactlyFull() {
    lab.submit("bob@contoso.example");
    lab.submit("bob@contoso.example");
    assertThat(lab.queue.messages(MessageFilter.ALL, 2, Optional.empty()).nextCursor()).isEmpty();
  }

  @Test
  void filtersMessages() {
    lab.transport.answers(
        request ->
            request.envelope().recipients().get(0).localPart().equals("bob")
                ? FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Busy"))
                : FakeTransport.delivered(request));
    String deferred = lab.submit("bob@contoso.example");
    String delivered = lab.submit("carol@contoso.example");
    String local = lab.submit("alice@contoso.example");
    assertThat(filter(status(MessageStatus.PENDING))).containsExactly(deferred);
    assertThat(filter(status(MessageStatus.DELIVERED))).containsExactly(local, delivered);
    assertThat(filter(recipient("CAROL@contoso.example"))).containsExactly(delivered);
    assertThat(filter(connector(Lab.CONNECTOR))).containsExactly(delivered, deferred);
    assertThat(filter(code("4.2.1"))).containsExactly(deferred);
    assertThat(filter(code("2.0.0"))).containsExactly(delivered);
    assertThat(filter(queue("q1"))).containsExactly(deferred);
    assertThat(filter(queue("q9"))).isEmpty();
    assertThat(filter(queue("' OR 1=1 --"))).isEmpty();
  }

  @Test
  void findsMessagesByTheCodeOfTheirQueue() {
    lab.transport.refusesConnections();
    String first = lab.submit("bob@contoso.example");
    String second = lab.submit("carol@contoso.example");
    assertThat(filter(code("4.4.316"))).containsExactly(second, first);
    assertThat(filter(code("4.4.315"))).isEmpty();
  }

  @Test
  void showsTheBacklogOfAConnector() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofMinutes(30));
    lab.submit("carol@contoso.example");
    lab.advance(Duration.ofMinutes(30));
    Backlog one = backlog(Duration.ofHours(1), 2);
    assertThat(one.queued()).isEqualTo(2);
    assertThat(one.delayed()).isEqualTo(1);
    assertThat(one.queuedSince()).contains(Lab.START);
    assertThat(one.thresholdReceived()).contains(Lab.START.plus(Duration.ofMinutes(30)));
    assertThat(one.lastError().map(error -> error.status().toString())).contains("4.4.316");
    assertThat(backlog(Duration.ofHours(1).plusMillis(1), 1).delayed()).isZero();
    assertThat(backlog(Duration.ofMinutes(30), 3).delayed()).isEqualTo(2);
    assertThat(backlog(Duration.ofMinutes(30), 3).thresholdReceived()).isEmpty();
  }

  @Test
  void showsAnEmptyBacklogOfAnUnknownConnector() {
    assertThat(lab.queue.backlog("none", Lab.START, 1))
        .isEqualTo(new Backlog("none", 0, 0, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void showsTheErrorOfAMessageInTheBacklogWhenItIsTheNewest() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Busy")));
    lab.submit("bob@contoso.example");
    assertThat(backlog(Duration.ZERO, 1).lastError().map(error -> error.status().toString()))
        .contains("4.2.1");
  }

  @Test
  void knowsNothingOfWhatDoesNotExist() {
    assertThat(lab.queue.message("nothing")).isEmpty();
    assertThat(lab.queue.trace("nothing")).isEmpty();
    assertThat(lab.queue.content("nothing")).isEmpty();
    assertThat(lab.queue.queue("q7")).isEmpty();
    assertThat(lab.mailbox(Mailbox.of("nobody@contoso.example"))).isEmpty();
  }

  private List<String> submitFive() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(lab.submit("bob@contoso.example"));
    }
    return ids;
  }

  private List<String> paged(MessageFilter filter) {
    return paged(cursor -> lab.queue.messages(filter, 2, cursor)).stream()
        .map(MessageView::id)
        .toList();
  }

  private static List<String> subjects(Function<Optional<String>, Page<MailboxView>> pages) {
    return paged(pages).stream().map(MailboxView::subject).toList();
  }

  /** All items, two at a time. */
  private static <T> List<T> paged(Function<Optional<String>, Page<T>> pages) {
    List<T> shown = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<T> page = pages.apply(cursor);
      assertThat(page.items()).hasSizeBetween(1, 2);
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return shown;
  }

  private static List<String> newestFirst(List<String> inOrder) {
    List<String> reversed = new ArrayList<>(inOrder);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void findsMessagesBySenderAndAge() {
    lab.transport.refusesConnections();
    String old =
        lab.submit(Lab.envelope("Carol@contoso.example", "bob@contoso.example"), Lab.mail("x"))
            .id()
            .orElseThrow();
    lab.advance(Duration.ofHours(1));
    String young = lab.submit("bob@contoso.example");
    String report =
        lab.submit(Lab.envelope("", "bob@contoso.example"), Lab.mail("x")).id().orElseThrow();

    assertThat(filter(with("carol@CONTOSO.example", null, null, null, null, null)))
        .containsExactly(old);
    assertThat(filter(with("", null, null, null, null, null))).containsExactly(report);
    assertThat(filter(with(null, null, null, Duration.ofHours(1), null, null)))
        .containsExactly(old);
    assertThat(filter(with(null, null, null, Duration.ofHours(1).plusMillis(1), null, null)))
        .isEmpty();
    assertThat(filter(with(null, null, null, null, Duration.ZERO, null)))
        .containsExactly(report, young);
  }

  private Backlog backlog(Duration age, int threshold) {
    return lab.queue.backlog(Lab.CONNECTOR, lab.time.instant().minus(age), threshold);
  }

  private List<String> filter(MessageFilter filter) {
    return lab.queue.messages(filter, 100, Optional.empty()).items().stream()
        .map(MessageView::id)
        .toList();
  }

  private static MessageFilter status(MessageStatus status) {
    return MessageFilter.ALL.withStatus(status);
  }

  private static MessageFilter recipient(String address) {
    return MessageFilter.ALL.withRecipient(Mailbox.of(address));
  }

  private static MessageFilter connector(String name) {
    return with(null, name, null, null, null, null);
  }

  private static MessageFilter code(String code) {
    return with(null, null, code, null, null, null);
  }

  private static MessageFilter queue(String id) {
    return MessageFilter.ALL.withQueueId(id);
  }

  private static MessageFilter with(
      @Nullable String sender,
      @Nullable String connector,
      @Nullable String code,
      @Nullable Duration olderThan,
      @Nullable Duration newerThan,
      @Nullable Boolean suspended) {
    return new MessageFilter(
        Optional.empty(),
        Optional.ofNullable(sender).flatMap(ReversePath::parse),
        Optional.empty(),
        Optional.ofNullable(connector),
        Optional.ofNullable(code).map(EnhancedStatusCode::of),
        Optional.empty(),
        Optional.ofNullable(olderThan),
        Optional.ofNullable(newerThan),
        Optional.ofNullable(suspended));
  }
}
