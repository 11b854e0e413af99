package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.pressure.Level;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SmtpIntakeTest {
  /** Keeps submissions until the test answers them. */
  private static final class HeldSubmissions implements Submission {
    record Held(Envelope envelope, MessageContent content, CompletableFuture<Result> result) {
      String text() throws IOException {
        try (InputStream stream = content.open()) {
          return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
      }
    }

    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<Result> submit(Envelope envelope, MessageContent content) {
      CompletableFuture<Result> result = new CompletableFuture<>();
      held.add(new Held(envelope, content, result));
      return result;
    }

    Held next() throws InterruptedException {
      Held next = held.poll(10, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }
  }

  private static final Submission STORING =
      (envelope, content) -> CompletableFuture.completedFuture(SessionDriver.stored());

  private static final IntakeSettings SETTINGS =
      IntakeSettings.of(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          "lab.contoso.example",
          Mailbox.of("postmaster@contoso.example"));

  private volatile Level level = Level.OPEN;
  private final HeldSubmissions submissions = new HeldSubmissions();
  private final List<SmtpIntake> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(SmtpIntake::close);
  }

  private SmtpIntake start(IntakeSettings settings, Submission submission) throws IOException {
    return start(settings, submission, SessionDriver.POLICY, peer -> true);
  }

  private SmtpIntake start(
      IntakeSettings settings,
      Submission submission,
      RecipientPolicy policy,
      Predicate<InetAddress> peers)
      throws IOException {
    SmtpIntake intake =
        SmtpIntake.start(settings, submission, policy, () -> SessionDriver.NOW, peers, () -> level);
    started.add(intake);
    return intake;
  }

  private static IntakeSettings settings(int maxConnections, Duration idle) {
    return new IntakeSettings(
        SETTINGS.listen(),
        SETTINGS.hostName(),
        SETTINGS.postmaster(),
        10_000_000,
        10,
        maxConnections,
        idle);
  }

  @Test
  void answersTheFinalDotOnlyWhenTheSubmissionHasCompleted() throws Exception {
    SmtpIntake intake = start(SETTINGS, submissions);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginData().send("Subject: caf\u00e9\r\n\r\nhi\r\n.\r\nNOOP\r\nQUIT\r\n");
      HeldSubmissions.Held held = submissions.next();

      assertThat(held.text()).endsWith("+0000\r\nSubject: caf\u00e9\r\n\r\nhi\r\n");
      assertThat(held.content().isInMemory()).isTrue();
      held.result().complete(SessionDriver.stored());

      assertThat(client.reply()).startsWith("250 2.6.0 <1@client.example> [InternalId=m1]");
      assertThat(client.reply()).startsWith("250 2.0.0");
      assertThat(client.reply()).startsWith("221 2.0.0");
      assertThat(client.reply()).isEqualTo("closed");
    }
  }

  @Test
  void takesAWholeSessionInOnePieceFromAClientThatHalfCloses() throws Exception {
    SmtpIntake intake = start(SETTINGS, STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.send(
          "EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@c.example>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n");
      client.endOutput();

      for (String code : new String[] {"220", "250", "250", "250", "354", "250", "221"}) {
        assertThat(client.reply()).startsWith(code);
      }
    }
  }

  @Test
  void carriesALargeMessageThroughAFileThatIsGoneAfterwards() throws Exception {
    String line = "0123456789".repeat(7) + "\r\n";
    SmtpIntake intake = start(SETTINGS, submissions);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginData().send(line.repeat(100_000) + ".\r\n");
      HeldSubmissions.Held held = submissions.next();

      assertThat(held.content().isInMemory()).isFalse();
      assertThat(held.text())
          .endsWith("+0000\r\n" + line.repeat(100_000))
          .hasSize((int) held.content().size());
      held.result().complete(SessionDriver.stored());

      assertThat(client.reply()).startsWith("250 2.6.0");
      await().until(() -> temporaryFiles() == 0);
    }
  }

  @Test
  void carriesALargeMessageInChunksThroughAFileThatIsGoneAfterwards() throws Exception {
    String line = "0123456789".repeat(7) + "\r\n";
    SmtpIntake intake = start(SETTINGS, submissions);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginTransaction();
      for (int i = 0; i < 10; i++) {
        client.send("BDAT 720000\r\n" + line.repeat(10_000));
      }
      client.send("BDAT 0 LAST\r\nQUIT\r\n");
      HeldSubmissions.Held held = submissions.next();

      assertThat(held.content().isInMemory()).isFalse();
      assertThat(held.text()).endsWith("+0000\r\n" + line.repeat(100_000));
      held.result().complete(SessionDriver.stored());

      for (int i = 0; i < 10; i++) {
        assertThat(client.reply()).isEqualTo("250 2.0.0 720000 octets received");
      }
      assertThat(client.reply()).startsWith("250 2.6.0");
      assertThat(client.reply()).startsWith("221");
      await().until(() -> temporaryFiles() == 0);
    }
  }

  @Test
  void readsChunksOverTheLimitToTheirEndAndGoesOn() throws Exception {
    SmtpIntake intake = start(settings(1, Duration.ofMinutes(1)), STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginTransaction();
      client.send("BDAT 12000000\r\n" + "0123456789\r\n".repeat(1_000_000));
      client.send("BDAT 6 LAST\r\nQUIT\r\n");

      assertThat(client.reply()).startsWith("552 5.3.4");
      assertThat(client.reply()).startsWith("503 5.5.1");
      assertThat(client.ask("NOOP")).startsWith("250");
      assertThat(temporaryFiles()).isZero();
    }
  }

  @Test
  void leavesNoFileBehindWhenAClientGoesAwayBetweenChunks() throws Exception {
    SmtpIntake intake = start(SETTINGS, STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginTransaction();
      client.send("BDAT 1200000\r\n" + "0123456789\r\n".repeat(100_000));
      assertThat(client.reply()).startsWith("250");
    }
    await().until(() -> temporaryFiles() == 0);
  }

  @Test
  void refusesAMessageOverTheLimitAtItsEndAndGoesOn() throws Exception {
    SmtpIntake intake = start(settings(1, Duration.ofMinutes(1)), STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginData().send("0123456789\r\n".repeat(1_000_000) + ".\r\n");

      assertThat(client.reply()).startsWith("552 5.3.4");
      assertThat(client.ask("NOOP")).startsWith("250");
      assertThat(temporaryFiles()).isZero();
    }
  }

  @Test
  void answers451WhenTheSubmissionBreaksAtOnceOrLater() throws Exception {
    Submission throwing =
        (envelope, content) -> {
          throw new IllegalStateException("a test's own");
        };
    SmtpIntake intake = start(SETTINGS, throwing);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.beginData().send(".\r\n");
      assertThat(client.reply()).startsWith("451 4.3.0");
    }
    SmtpIntake failing = start(SETTINGS, submissions);
    try (SocketClient client = new SocketClient(failing.address())) {
      client.beginData().send(".\r\n");
      submissions.next().result().completeExceptionally(new IllegalStateException("a test's own"));
      assertThat(client.reply()).startsWith("451 4.3.0");
    }
  }

  @Test
  void endsASessionWhoseRecipientPolicyBreaks() throws Exception {
    SmtpIntake intake =
        start(
            SETTINGS,
            STORING,
            recipient -> {
              throw new IllegalStateException("a test's own");
            },
            peer -> true);
    try (SocketClient client = new SocketClient(intake.address())) {
      client.send("EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@c.example>\r\n");

      for (String code : new String[] {"220", "250", "250", "421 4.3.0", "closed"}) {
        assertThat(client.reply()).startsWith(code);
      }
    }
  }

  @Test
  void turnsAwayOneConnectionTooMany() throws Exception {
    SmtpIntake intake = start(settings(1, Duration.ofMinutes(1)), STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      assertThat(client.reply()).startsWith("220");
      try (SocketClient second = new SocketClient(intake.address())) {
        assertThat(second.reply()).startsWith("421 4.3.2");
        assertThat(second.reply()).isEqualTo("closed");
      }
      assertThat(client.ask("QUIT")).startsWith("221");
    }
    await()
        .untilAsserted(
            () -> {
              try (SocketClient third = new SocketClient(intake.address())) {
                assertThat(third.reply()).startsWith("220");
              }
            });
  }

  @Test
  void turnsAwayPeersThatAreNotAllowed() throws Exception {
    SmtpIntake intake = start(SETTINGS, STORING, SessionDriver.POLICY, peer -> false);
    try (SocketClient client = new SocketClient(intake.address())) {
      assertThat(client.reply()).startsWith("554 5.7.1");
      assertThat(client.reply()).isEqualTo("closed");
    }
  }

  @Test
  void saysGoodbyeToASilentClient() throws Exception {
    SmtpIntake intake = start(settings(1, Duration.ofMillis(50)), STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      assertThat(client.reply()).startsWith("220");
      assertThat(client.reply()).startsWith("421 4.4.2");
      assertThat(client.reply()).isEqualTo("closed");
    }
  }

  @Test
  void answersAClientThatSendsMuchBeforeItReads() throws Exception {
    int many = 200_000;
    SmtpIntake intake = start(SETTINGS, STORING);
    try (SocketClient client = new SocketClient(intake.address())) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.send("NOOP\r\n".repeat(many) + "QUIT\r\n");
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(client.reply()).startsWith("220");
      for (int i = 0; i < many; i++) {
        assertThat(client.reply()).startsWith("250 2.0.0");
      }
      assertThat(client.reply()).startsWith("221");
      sent.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void letsATransactionInFlightEndWhenClosed() throws Exception {
    SmtpIntake intake = start(SETTINGS, submissions);
    Thread closer = new Thread(intake::close);
    try (SocketClient client = new SocketClient(intake.address());
        SocketClient idle = new SocketClient(intake.address())) {
      assertThat(idle.reply()).startsWith("220");
      client.beginData();
      closer.start();
      assertThat(idle.reply()).startsWith("421 4.3.2");
      assertThat(idle.reply()).isEqualTo("closed");

      client.send("x\r\n.\r\n");
      submissions.next().result().complete(SessionDriver.stored());

      assertThat(client.reply()).startsWith("250 2.6.0");
      assertThat(client.reply()).startsWith("421 4.3.2");
    }
    closer.join();
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws Exception {
    InetSocketAddress address = start(SETTINGS, STORING).address();
    IntakeSettings taken =
        IntakeSettings.of(address, "lab.contoso.example", Mailbox.of("postmaster@contoso.example"));

    assertThatThrownBy(() -> start(taken, STORING))
        .isInstanceOf(BindException.class)
        .hasMessageMatching("Cannot listen for SMTP on 127\\.0\\.0\\.1:\\d+: .*in use.*");
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("mailflow-intake-"))
          .count();
    }
  }
}
