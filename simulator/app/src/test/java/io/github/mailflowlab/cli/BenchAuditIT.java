package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
