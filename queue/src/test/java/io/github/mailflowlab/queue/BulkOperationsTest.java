package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may do to all messages of a filter. */
final class BulkOperationsTest {
  private static final Order ORDER = new Order("cli", Optional.of("moved"));
  private static final MessageFilter TO_BOB =
      MessageFilter.ALL.withRecipient(Mailbox.of("bob@contoso.example"));

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
    lab.transport.refusesConnections();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void doesItToAllThatAreMeantAndToNoOther() {
    String meant = lab.submit("bob@contoso.example");
    String other = lab.submit("carol@contoso.example");

    assertThat(lab.queue.operateOnAll(TO_BOB, MessageOperation.SUSPEND, ORDER))
        .isEqualTo(new BulkResult(1, 1, Optional.empty()));

    assertThat(lab.message(meant).status()).isEqualTo(MessageStatus.SUSPENDED);
    assertThat(lab.message(other).status()).isEqualTo(MessageStatus.PENDING);
    assertThat(lab.queue.trace(meant))
        .filteredOn(event -> event.kind() == TraceEvent.Kind.SUSPEND)
        .extracting(TraceEvent::detail)
        .containsExactly("Suspended by cli: moved (one of: recipient=bob@contoso.example)");
  }

  @Test
  void onlyCountsWhenAsked() {
    String id = lab.submit("bob@contoso.example");
    assertThat(lab.queue.countAll(TO_BOB)).isEqualTo(new BulkResult(1, 0, Optional.empty()));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.PENDING);
  }

  @Test
  void goesOnBeyondOneStep() {
    int messages = BulkOperations.STEP + 1;
    for (int i = 0; i < messages; i++) {
      lab.submit("bob@contoso.example");
    }
    assertThat(lab.queue.operateOnAll(TO_BOB, MessageOperation.REMOVE, ORDER))
        .isEqualTo(new BulkResult(messages, messages, Optional.empty()));
    assertThat(lab.onlyQueue().messageCount()).isZero();
    assertThat(lab.queue.countAll(TO_BOB).matched()).isZero();
  }

  @Test
  void saysWhyItDoesNotApplyToSome() {
    String id = lab.submit("bob@contoso.example");
    lab.submit("bob@contoso.example");
    assertThat(lab.queue.operate(id, MessageOperation.SUSPEND, ORDER).toCompletableFuture().join())
        .isEqualTo(OperationResult.DONE);

    BulkResult result = lab.queue.operateOnAll(TO_BOB, MessageOperation.SUSPEND, ORDER);

    assertThat(result.matched()).isEqualTo(2);
    assertThat(result.done()).isEqualTo(1);
    assertThat(result.obstacle()).contains("Message " + id + " is suspended already.");
  }

  @Test
  void fitsALongFilterIntoTheTrace() {
    Order order = new Order("cli", Optional.of("x".repeat(Order.MAX_REASON))).toAll("all\n");
    assertThat(order.reason()).contains("x".repeat(Order.MAX_REASON));
    assertThat(new Order("cli", Optional.empty()).toAll("a\nb").reason()).contains("(one of: a?b)");
  }
}
