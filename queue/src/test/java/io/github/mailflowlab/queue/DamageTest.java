package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message whose stored content is not what was written. */
final class DamageTest {
  @TempDir Path directory;

  @Test
  void isSetAsideAndReportedAndReturnedWithoutItsContent() throws SQLException {
    String damaged;
    try (Lab lab = Lab.started(directory)) {
      lab.transport.refusesConnections();
      damaged = lab.submit("bob@contoso.example");
    }
    damage();
    try (Lab lab = new Lab(directory, Lab.START.plusSeconds(60))) {
      lab.transport.answers(DamageTest::readsAndDelivers);
      lab.queue.start();
      lab.time.settle();
      String good = lab.submit("carol@contoso.example");
      lab.advance(Duration.ofHours(23));
      assertThat(lab.message(good).status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(lab.transport.made()).hasSize(2);
      assertThat(lab.message(damaged).status()).isEqualTo(MessageStatus.PENDING);
      assertThat(lab.message(damaged).recipients().get(0).lastError())
          .contains(
              "451 4.3.0 Stored content damaged [Message=the stored content of "
                  + damaged
                  + " is damaged]");
      lab.advance(Duration.ofHours(1));
      assertThat(lab.message(damaged).status()).isEqualTo(MessageStatus.FAILED);
      MailboxView ndr = lab.mailbox(Lab.ALICE).get(0);
      assertThat(Lab.text(lab.queue.mailboxContent(Lab.ALICE, ndr.id()).orElseThrow()))
          .contains("Status: 5.4.300")
          .doesNotContain("message/rfc822");
    }
  }

  private static AttemptReport readsAndDelivers(AttemptRequest request) {
    try (InputStream in = request.content().open()) {
      in.readAllBytes();
      return FakeTransport.delivered(request);
    } catch (IOException e) {
      return FakeTransport.failed(new Failure.OwnExhaustion(Stage.BODY, e.toString()));
    }
  }

  private void damage() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE chunk SET octets = x'00' || substr(octets, 2)");
    }
  }
}
