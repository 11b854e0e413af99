package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.audit.ChildProgram;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the real program over one folder: one works, one waits. */
final class StandbyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void deliversWhatAKilledInstanceHadInAFolder() throws Exception {
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault host = lab.stage("tcp.refused")) {
      Path config = config(host);
      Path log = folder.resolve("log");
      CompletableFuture<ChildProgram> next;
      try (ChildProgram first =
          ChildProgram.start(MailFlow.class, config, folder.resolve("log-of-the-first"))) {
        submit(first);
        next = CompletableFuture.supplyAsync(() -> standby(config, log));
        await().atMost(PATIENCE).until(() -> says(log, "mailflow standby: spool "));
        assertThat(next).isNotDone();
        first.kill();
      }
      try (ChildProgram second = next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        host.repair();
        await().atMost(PATIENCE).until(() -> host.received().size() == 1);
        assertThat(second.stop()).isZero();
      }
      assertThat(host.received()).hasSize(1);
    }
  }

  private Path config(StagedFault host) throws IOException {
    return Files.writeString(
        folder.resolve("lab.yaml"),
        """
        listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
        data: ./data
        time: { speed: 60 }
        connectors:
          - name: To on-premises
            recipientDomains: ["onprem.example"]
            smartHosts: ["[127.0.0.1]:%d"]
        """
            .formatted(host.smartHost().port()));
  }

  private static ChildProgram standby(Path config, Path log) {
    try {
      return ChildProgram.start(MailFlow.class, config, log, "--standby");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean says(Path log, String words) throws IOException {
    return Files.exists(log) && Files.readString(log).contains(words);
  }

  private static void submit(ChildProgram program) throws Exception {
    try (SocketClient client = new SocketClient(program.smtp())) {
      client.reply();
      client.ask("EHLO client.example");
      client.ask("MAIL FROM:<alice@contoso.example>");
      client.ask("RCPT TO:<bob@onprem.example>");
      client.ask("DATA");
      assertThat(client.ask("Subject: Kept\r\n\r\nHello.\r\n.")).startsWith("250 ");
    }
  }
}
