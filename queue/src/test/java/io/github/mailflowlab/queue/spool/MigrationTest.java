package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool of each older version is brought to ours when it is opened, with all that is in it. */
final class MigrationTest {
  private static final String[] MAIL = {
    "PRAGMA user_version = 1",
    "INSERT INTO queue (number, connector, retrying, probes, retry_count, messages)"
        + " VALUES (1, 'To on-premises', 0, 0, 0, 1)",
    "INSERT INTO message VALUES ('a1', '<1@contoso.example>', 'alice@contoso.example',"
        + " 'EIGHT_BIT_MIME', 'Hello', 2, 1000, 2000, 0)",
    "INSERT INTO recipient (message, position, address, queue, state, failures, next_attempt)"
        + " VALUES ('a1', 0, 'bob@contoso.example', 1, 0, 0, 1000)",
    "INSERT INTO entry VALUES ('a1', 1, 1000, 2000, 1000, 0, 0, NULL)",
  };

  @TempDir Path directory;

  @Test
  void takesOverMailOfVersionOne() throws IOException, SQLException {
    makeVersionOne();

    try (Spool spool = SqliteSpool.open(directory)) {
      SpooledMail mail = spool.mail("a1").orElseThrow();
      assertThat(mail.message().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
      assertThat(mail.message().smtpUtf8()).isFalse();
      assertThat(mail.dsn()).isEqualTo(DsnRequest.NONE);
      assertThat(mail.recipients())
          .extracting(SpooledRecipient::address)
          .containsExactly(Mailbox.of("bob@contoso.example"));
      assertThat(mail.entries()).hasSize(1);
    }
    assertThat(version()).isEqualTo(Schema.VERSION);
  }

  private void makeVersionOne() throws IOException, SQLException {
    try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("schema-1.sql"));
        Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String sql : script.replaceAll("(?m)^--.*$", "").split(";")) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
      for (String sql : MAIL) {
        statement.executeUpdate(sql);
      }
    }
  }

  private int version() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeQuery("PRAGMA user_version").getInt(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
  }
}
