package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchSpoolTest {
  @TempDir private Path folder;

  @Test
  void measuresASpoolInAFolder() {
    measures(folder.resolve("new").toString(), "SQLite");
  }

  @Test
  void measuresASpoolOnAServer() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      measures(server.getJdbcUrl("postgres", "postgres"), "the server");
    }
  }

  private static void measures(String place, String durability) {
    Program bench = Program.run("bench", "spool", place, "--messages=30", "--warm-up=10", "--json");
    assertThat(bench.status()).as(bench.err()).isZero();
    JsonNode result = bench.json();
    assertThat(result.path("messages").asInt()).isEqualTo(30);
    assertThat(result.path("durability").asText()).contains(durability);
    for (String measured : List.of("seconds", "messagesPerSecond", "commitsPerMessage")) {
      assertThat(result.path(measured).asDouble()).as(measured).isPositive();
    }
    assertThat(result.path("commitsPerMessage").asDouble()).isLessThanOrEqualTo(2);
  }

  @Test
  void printsATable() {
    Program bench =
        Program.run(
            "bench", "spool", folder.resolve("new").toString(), "--messages=1", "--warm-up=0");
    assertThat(bench.out()).startsWith("MESSAGES/S  CPU MS/1000").contains("Durability: ");
  }

  @ParameterizedTest
  @CsvSource({
    "., --messages=1, exists (expected: a new folder)",
    "jdbc:mysql://db/x, --messages=1, 'expected: jdbc:postgresql://'",
    "new, --messages=0, --messages: 0",
    "new, --at-once=0, '--at-once: 0 (expected: 1 to 10000)'",
  })
  void badOptionsAreExplained(String place, String option, String message) {
    String where = place.startsWith("jdbc:") ? place : folder.resolve(place).toString();
    Program bench = Program.run("bench", "spool", where, option);
    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.err()).contains(message);
  }
}
