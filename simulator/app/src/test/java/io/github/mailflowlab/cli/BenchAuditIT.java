package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real program, killed in every way. What it acknowledged must not be lost, nor doubled. */
final class BenchAuditIT {
  @TempDir private Path folder;

  @Test
  void killedTwentyFiveTimesItKeepsEveryPromise() {
    Program audit = auditOf(25);

    assertThat(audit.err()).isEqualToIgnoringNewLines("25 of 25 kills.");
    JsonNode result = audit.json();
    for (String some : new String[] {"acknowledged", "delivered", "returned", "queued", "ndrs"}) {
      assertThat(result.path(some).asInt()).as(some).isPositive();
    }
  }

  @Test
  void killedAtEachPointWithThePowerCutItKeepsEveryPromise() throws IOException {
    ThinDisk.mount(folder.resolve("thin"), "1M").close();

    JsonNode result = auditOf(9, "--power-cuts").json();
    assertThat(result.path("points")).hasSize(9);
    assertThat(result.path("acknowledged").asInt()).isPositive();
  }

  @Test
  void killedAtEachPointTheLeaderOfNodesLeavesThemEveryPromise() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String spool = "--spool=" + server.getJdbcUrl("postgres", "postgres");
      JsonNode result = auditOf(9, "--nodes=2", spool).json();
      assertThat(result.path("points")).hasSize(9);
      assertThat(result.path("delivered").asInt()).isPositive();
    }
  }

  @Test
  void startsNothingOnADatabaseThatIsNotEmpty() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE worth (keeping text)");

      Program audit =
          Program.run(
              "bench",
              "audit",
              "--data=" + folder.resolve("audit"),
              "--spool=" + server.getJdbcUrl("postgres", "postgres"));

      assertThat(audit.status()).isEqualTo(1);
      assertThat(audit.err()).contains("has a table worth (expected: an empty database)");
      assertThat(folder.resolve("audit/program.log")).doesNotExist();
    }
  }

  @Test
  void saysThatADatabaseCannotBeReached() {
    Program audit =
        Program.run("bench", "audit", "--spool=jdbc:postgresql://127.0.0.1:1/x?password=secret");

    assertThat(audit.status()).isEqualTo(1);
    assertThat(audit.err()).contains("cannot be asked").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --kills=0                                | --kills: 0 (expected: at least 1)
          --within=PT0S                            | --within: PT0S (expected: more than PT0S)
          --nodes=0                                | --nodes: 0 (expected: 1 to 8)
          --nodes=2                                | --nodes: 2 (expected: 1 without --spool)
          --power-cuts --spool=jdbc:postgresql://x | --power-cuts: cannot reach the server's disk
          """)
  void refusesAPlanThatMakesNoSense(String options, String said) {
    Program audit =
        Program.run(
            Stream.concat(Stream.of("bench", "audit"), Stream.of(options.split(" ")))
                .toArray(String[]::new));

    assertThat(audit.status()).isEqualTo(2);
    assertThat(audit.err()).contains(said);
  }

  private Program auditOf(int kills, String... options) {
    Program audit =
        Program.run(
            Stream.concat(
                    Stream.of(
                        "bench",
                        "audit",
                        "--json",
                        "--kills=" + kills,
                        "--data=" + folder.resolve("audit")),
                    Stream.of(options))
                .toArray(String[]::new));

    JsonNode result = audit.json();
    assertThat(result.path("findings")).as("broken promises").isEmpty();
    assertThat(audit.status()).as(audit.err()).isZero();
    assertThat(result.path("kills").asInt()).isEqualTo(kills);
    return audit;
  }
}
