package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.audit.ChildProgram;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program on a disk that is full, read-only or does not flush, and without descriptors.
 */
final class SickDiskIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern MARK = Pattern.compile("^Subject: (\\S+)", Pattern.MULTILINE);

  /** More would never fit on the small disk. */
  private static final int TOO_MANY = 200;

  @TempDir private Path folder;
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private Lab lab;
  private Path log;
  private final AtomicInteger number = new AtomicInteger();

  @BeforeEach
  void start() {
    lab = Lab.start(SystemTime.source());
    log = folder.resolve("log");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void onAFullDiskItRefusesMailAndComesBackByItself() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "6m");
        StagedFault host = lab.stageHealthy();
        ChildProgram program = run(host, disk.folder())) {
      assertThat(submitUntilItFails(program)).startsWith("452 4.3.1 ");
      assertThat(acknowledged).isNotEmpty();

      disk.remount("size=64m");
      await().atMost(PATIENCE).until(() -> submit(program, 100).startsWith("250 "));

      assertEachComesOnce(host, program);
    }
  }

  @Test
  void onAReadOnlyDiskItDoesNotStartAndSaysWhy() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "16m");
        StagedFault host = lab.stage("tcp.refused")) {
      try (ChildProgram program = run(host, disk.folder())) {
        assertThat(submit(program, 100)).startsWith("250 ");
        assertThat(program.stop()).isZero();
      }
      disk.remount("ro");
      assertThatThrownBy(() -> run(host, disk.folder())).isInstanceOf(IOException.class);
      assertThat(Files.readString(log)).containsIgnoringCase("read-only");

      disk.remount("rw");
      host.repair();
      try (ChildProgram program = run(host, disk.folder())) {
        await().atMost(PATIENCE).until(() -> marks(host).containsAll(acknowledged));
        assertThat(program.stop()).isZero();
      }
      assertThat(marks(host)).containsExactlyElementsOf(acknowledged);
    }
  }

  @Test
  void whatTheDiskDoesNotFlushIsNeitherAcceptedNorRefusedUntilItDoes() throws Exception {
    try (ThinDisk disk = ThinDisk.mount(folder.resolve("disk"), "8m");
        StagedFault host = lab.stageHealthy();
        ChildProgram program = run(host, disk.folder().resolve("data"))) {
      assertThat(submit(program, 100)).startsWith("250 ");
      // Nothing but mail is written now: after the flush of an outcome fails, mail is refused.
      post(program, "suspend");
      CompletableFuture<String> filling =
          CompletableFuture.supplyAsync(() -> submitUntilItFails(program));
      await().atMost(PATIENCE).until(() -> Files.readString(log).contains("may not be durable"));
      assertThat(filling).isNotDone();

      disk.thicken();
      filling.join();
      post(program, "resume");
      assertEachComesOnce(host, program);
    }
  }

  @Test
  void whatADiskDoesNotFlushWhileMailIsDeliveredIsNeitherLostNorDoubled() throws Exception {
    try (ThinDisk disk = ThinDisk.mount(folder.resolve("disk"), "8m");
        StagedFault host = lab.stageHealthy();
        ChildProgram program = run(host, disk.folder().resolve("data"))) {
      CompletableFuture<String> filling =
          CompletableFuture.supplyAsync(() -> submitUntilItFails(program));
      await().atMost(PATIENCE).until(() -> Files.readString(log).contains("may not be durable"));

      disk.thicken();
      await().atMost(PATIENCE).until(() -> submit(program, 100).startsWith("250 "));
      filling.join();
      assertEachComesOnce(host, program);
    }
  }

  @Test
  void withoutFileDescriptorsItLosesNothingAndComesBackByItself() throws Exception {
    try (StagedFault host = lab.stageHealthy();
        ChildProgram program = run(host, folder.resolve("data"));
        SocketClient connected = client(program)) {
      assertThat(submit(connected, 100)).startsWith("250 ");
      DescriptorLimit limit = DescriptorLimit.of(program.pid());
      limit.set(1);
      String reply = submit(connected, 100);
      assertThat(reply).matches("(250|452 4\\.3\\.1) .*");
      try (SocketClient waiting = new SocketClient(program.smtp())) {
        limit.lift();
        assertThat(waiting.reply()).startsWith("220 ");
        waiting.ask("EHLO client.example");
        assertThat(submit(waiting, 100)).startsWith("250 ");
      }

      assertEachComesOnce(host, program);
    }
  }

  /** An hour a minute: outcomes are written again, and own troubles tried again, soon. */
  private ChildProgram run(StagedFault host, Path data) throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("lab.yaml"),
            """
            listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
            data: %s
            time: { speed: 60 }
            connectors:
              - name: To on-premises
                recipientDomains: ["onprem.example"]
                smartHosts: ["[127.0.0.1]:%d"]
            """
                .formatted(data, host.smartHost().port()));
    return ChildProgram.start(MailFlow.class, config, log);
  }

  private static SocketClient client(ChildProgram program) throws Exception {
    SocketClient client = new SocketClient(program.smtp());
    client.reply();
    client.ask("EHLO client.example");
    return client;
  }

  /** Also what could not be recorded as delivered is not sent again. */
  private void assertEachComesOnce(StagedFault host, ChildProgram program) throws Exception {
    await().atMost(PATIENCE).until(() -> marks(host).containsAll(acknowledged));
    assertThat(program.stop()).isZero();
    assertThat(marks(host)).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  /** Whether its only connector sends. */
  private static void post(ChildProgram program, String operation) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                program.http().resolve("/api/v1/connectors/To%20on-premises/" + operation))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  /** The first reply that is none of success, if there is one. */
  private String submitUntilItFails(ChildProgram program) {
    try {
      String reply = "250 ";
      for (int i = 0; i < TOO_MANY && reply.startsWith("250 "); i++) {
        reply = submit(program, 100_000);
      }
      return reply;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String submit(ChildProgram program, int size) throws Exception {
    try (SocketClient client = client(program)) {
      return submit(client, size);
    }
  }

  /** The reply to the final dot, or to MAIL where that is refused already. */
  private String submit(SocketClient client, int size) throws IOException {
    String mark = "m" + number.getAndIncrement();
    String began = client.ask("MAIL FROM:<alice@contoso.example>");
    if (!began.startsWith("250 ")) {
      return began;
    }
    client.ask("RCPT TO:<bob@onprem.example>");
    client.ask("DATA");
    String reply =
        client.ask("Subject: " + mark + "\r\n\r\n" + "Ten octets\r\n".repeat(size / 12) + ".");
    if (reply.startsWith("250 ")) {
      acknowledged.add(mark);
    }
    return reply;
  }

  private static List<String> marks(StagedFault host) {
    return host.received().stream()
        .map(mail -> MARK.matcher(new String(mail.content(), StandardCharsets.US_ASCII)))
        .filter(Matcher::find)
        .map(subject -> subject.group(1))
        .toList();
  }
}
