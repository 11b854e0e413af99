package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an administrator reads about attempts without asking for more. */
final class AttemptLogTest {
  @TempDir Path directory;
  private final Logger logger = (Logger) LoggerFactory.getLogger(Settlement.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Lab lab;

  @BeforeEach
  void start() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(lines);
    lab = Lab.started(directory);
  }

  @AfterEach
  void close() {
    lab.close();
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void keepsDeliveriesForThoseWhoDebug() {
    String id = lab.submit("bob@contoso.example");
    assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
    assertThat(lines.list.get(0).getFormattedMessage())
        .isEqualTo(
            "id=" + id + " queue=1 nextHop=To on-premises delivered=1 failed=0 codes=[] next=-");
  }

  @Test
  void tellsWhenAMessageIsDeferred() {
    lab.transport.answers(
        request -> FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 450, "4.2.1 Busy")));
    lab.submit("bob@contoso.example");
    assertThat(informed()).singleElement().asString().contains("codes=[4.2.1] next=2026-06-01T08:");
  }

  @Test
  void tellsAFailureOfTheNextHopOncePerProbeHoweverManyAttemptsItTook() {
    lab.transport.hangs();
    for (int i = 0; i < 5; i++) {
      lab.queue
          .submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
          .toCompletableFuture()
          .join();
    }
    lab.transport
        .made()
        .forEach(
            made ->
                made.outcome()
                    .complete(
                        FakeTransport.failed(new Failure.Vanished(Stage.BANNER, false, false))));
    lab.time.settle();
    assertThat(lines.list).hasSize(5);
    assertThat(informed()).singleElement().asString().contains("next=2026-06-01T08:01:00Z");
  }

  private List<String> informed() {
    return lines.list.stream()
        .filter(line -> line.getLevel() == Level.INFO)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
