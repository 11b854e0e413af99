package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what is over is forgotten, ninety days later. */
final class RetentionTest {
  private static final Duration KEPT = Retention.DEFAULT.messages();

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
    lab.transport.delivers();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void forgetsAFinishedMessageWhenMailComesAfterItsTime() {
    String id = lab.submit("bob@contoso.example");
    lab.advance(KEPT);
    lab.submit("bob@contoso.example");
    assertThat(lab.queue.message(id)).isPresent();

    lab.advance(Duration.ofHours(1));
    String last = lab.submit("bob@contoso.example");

    assertThat(lab.queue.message(id)).isEmpty();
    assertThat(lab.queue.content(id)).isEmpty();
    assertThat(lab.queue.trace(id)).isEmpty();
    assertThat(lab.queue.message(last)).isPresent();
  }

  @Test
  void forgetsMoreThanFitsIntoOneTransaction() {
    for (int i = 0; i < 101; i++) {
      lab.submit("bob@contoso.example");
    }
    lab.advance(KEPT.plusHours(1));
    String last = lab.submit("bob@contoso.example");
    assertThat(lab.queue.messages(MessageFilter.ALL, 1000, Optional.empty()).items())
        .extracting(MessageView::id)
        .containsExactly(last);
  }

  @Test
  void neverForgetsWhatWaits() {
    lab.transport.refusesConnections();
    lab.submit("bob@contoso.example");
    lab.advance(Duration.ofHours(23));
    String waiting = lab.submit("bob@contoso.example");
    lab.advance(Duration.ofHours(2));
    lab.submit("bob@contoso.example");
    assertThat(lab.message(waiting).status()).isEqualTo(MessageStatus.PENDING);
  }

  @Test
  void keepsWhatAMailboxShows() throws IOException {
    lab.submit(Lab.ALICE.toString());
    lab.advance(KEPT.plusHours(1));
    lab.submit("bob@contoso.example");

    MailboxView item = lab.mailbox(Lab.ALICE).get(0);
    try (InputStream in = lab.queue.mailboxContent(Lab.ALICE, item.id()).orElseThrow().open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("Subject:");
    }
  }

  @Test
  void forgetsAQueueThatNothingRefersTo() {
    lab.submit("bob@contoso.example");
    assertThat(lab.queue.queues()).hasSize(1);
    lab.advance(KEPT.plusHours(1));
    lab.submit(Lab.ALICE.toString());
    assertThat(lab.queue.queues()).isEmpty();

    String next = lab.submit("bob@contoso.example");
    assertThat(lab.message(next).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.onlyQueue().id()).isEqualTo("q1");
  }

  @Test
  void keepsAQueueThatAnOperatorHoldsBack() {
    lab.submit("bob@contoso.example");
    lab.queue
        .suspendQueue("q1", true, new Order("cli", Optional.empty()))
        .toCompletableFuture()
        .join();
    lab.advance(KEPT.plusHours(1));
    lab.submit(Lab.ALICE.toString());
    assertThat(lab.onlyQueue().status()).isEqualTo(QueueStatus.SUSPENDED);
  }

  @Test
  void keepsAllForLongerThanAMessageWaits() {
    Duration day = Duration.ofDays(1);
    assertThatThrownBy(() -> new Retention(Duration.ofDays(2).minusMillis(1), day.multipliedBy(2)))
        .hasMessage("messages: PT47H59M59.999S (expected: PT48H to PT87600H)");
    assertThatThrownBy(() -> new Retention(day.multipliedBy(2), day.multipliedBy(3651)))
        .hasMessageStartingWith("trace: PT87624H");
  }
}
