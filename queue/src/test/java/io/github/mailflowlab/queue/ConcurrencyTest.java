package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.status.SmtpReply;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many attempts a next hop gets at one time. */
final class ConcurrencyTest {
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
  void goesEasyOnANextHopThatHasJustComeBack() {
    lab.transport.refusesConnections();
    submit(100);
    lab.time.settle();
    lab.transport.take();
    lab.transport.hangs();
    lab.time.jumpTo(Lab.START.plusSeconds(60));

    for (int round : new int[] {1, 2, 4, 8, 16, 20}) {
      take(round).forEach(ConcurrencyTest::deliver);
    }

    finish(take(20));
  }

  @Test
  void givesHalfToANextHopThatComplainsHoweverManyHearIt() {
    lab.transport.hangs();
    submit(60);
    List<FakeTransport.Made> first = take(20);

    first.subList(0, 5).forEach(ConcurrencyTest::complain);
    first.subList(5, 20).forEach(ConcurrencyTest::deliver);

    // Half of 20, and one more for ten of the fifteen.
    finish(take(11));
  }

  private void finish(List<FakeTransport.Made> underWay) {
    lab.transport.delivers();
    underWay.forEach(ConcurrencyTest::deliver);
    lab.time.settle();
  }

  private void submit(int messages) {
    for (int i = 0; i < messages; i++) {
      lab.queue
          .submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("x"))
          .toCompletableFuture()
          .join();
    }
  }

  /** The next attempts, which are so many and, once the queue's thread has gone on, not more. */
  private List<FakeTransport.Made> take(int expected) {
    List<FakeTransport.Made> attempts =
        Stream.generate(lab.transport::take).limit(expected).toList();
    lab.queue.retry("none").toCompletableFuture().join();
    assertThat(attempts).endsWith(lab.transport.made().get(lab.transport.made().size() - 1));
    return attempts;
  }

  private static void deliver(FakeTransport.Made made) {
    made.outcome().complete(FakeTransport.delivered(made.request()));
  }

  /** After a delivery over the same connection, so that it is not the next hop's failure. */
  private static void complain(FakeTransport.Made made) {
    Failure failure =
        new Failure.Replied(Stage.MAIL, SmtpReply.of(421, "4.3.2 Too many connections"), true);
    made.outcome().complete(FakeTransport.failed(failure));
  }
}
