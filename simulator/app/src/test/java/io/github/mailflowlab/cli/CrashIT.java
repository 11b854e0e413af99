package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, ended in every way. What it acknowledged must not be lost. */
class CrashIT {
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGED_PER_LIFE = 100;
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern MARK = Pattern.compile("^Subject: (\\S+)", Pattern.MULTILINE);

  @TempDir private Path folder;
  private Lab lab;
  private StagedFault server;
  private Path config;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void startServer() throws IOException {
    lab = Lab.start(SystemTime.source());
    server = lab.stageHealthy();
    config =
        Files.writeString(
            folder.resolve("lab.yaml"),
            """
            listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
            data: ./data
            connectors:
              - name: To on-premises
                recipientDomains: ["onprem.example"]
                smartHosts: ["[127.0.0.1]:%d"]
            """
                .formatted(server.smartHost().port()));
  }

  @AfterEach
  void closeServer() {
    lab.close();
  }

  @Test
  void killedUnderLoadItLosesNothingItAcknowledged() throws Exception {
    for (int life = 0; life < KILLS; life++) {
      try (ChildProgram program = start()) {
        int target = acknowledged.size() + ACKNOWLEDGED_PER_LIFE;
        List<Thread> clients = load(program.smtp(), life);
        await().atMost(PATIENCE).until(() -> acknowledged.size() >= target);
        program.kill();
        for (Thread client : clients) {
          client.join();
        }
      }
    }

    try (ChildProgram program = start()) {
      await().atMost(PATIENCE).until(() -> delivered().containsAll(acknowledged));
      assertThat(program.stop()).isZero();
    }
    int copies = server.received().size();
    // One attempt per open connection may be repeated; all else arrives once.
    assertThat(copies - delivered().size()).isLessThanOrEqualTo(KILLS * 20);
  }

  @Test
  void toldToStopItEndsWellAndHasPrintedOneLine() throws Exception {
    try (ChildProgram program = start()) {
      assertThat(program.stop()).isZero();
      assertThat(program.furtherOutput()).isEmpty();
    }
    try (ChildProgram again = start()) {
      assertThat(again.stop()).isZero();
    }
  }

  private ChildProgram start() throws IOException {
    return new ChildProgram(config, folder.resolve("log"));
  }

  /** Clients that submit until the connection breaks. */
  private List<Thread> load(InetSocketAddress smtp, int life) {
    List<Thread> clients = new ArrayList<>();
    for (int number = 0; number < CLIENTS; number++) {
      String name = "l" + life + "c" + number;
      Thread client = new Thread(() -> submitUntilBroken(smtp, name), name);
      client.start();
      clients.add(client);
    }
    return clients;
  }

  private void submitUntilBroken(InetSocketAddress smtp, String name) {
    try (SocketClient client = new SocketClient(smtp)) {
      client.reply();
      client.ask("EHLO client.example");
      for (int number = 0; ; number++) {
        String mark = name + "n" + number;
        client.ask("MAIL FROM:<alice@contoso.example>");
        client.ask("RCPT TO:<bob@onprem.example>");
        client.ask("DATA");
        String answer = client.ask("Subject: " + mark + "\r\n\r\nHello.\r\n.");
        if (!answer.startsWith("250 ")) {
          return;
        }
        acknowledged.add(mark);
      }
    } catch (IOException e) {
      // The program was killed, as intended.
    }
  }

  private Set<String> delivered() {
    return server.received().stream()
        .map(mail -> MARK.matcher(new String(mail.content(), StandardCharsets.US_ASCII)))
        .filter(Matcher::find)
        .map(subject -> subject.group(1))
        .collect(Collectors.toSet());
  }
}
