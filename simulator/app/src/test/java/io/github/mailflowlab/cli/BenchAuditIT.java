package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, killed in every way. What it acknowledged must not be lost, nor doubled. */
final class BenchAuditIT {
  @TempDir private Path folder;

  @Test
  void killedTwentyFiveTimesItKeepsEveryPromise() {
    Program audit =
        Program.run("bench", "audit", "--kills=25", "--json", "--data=" + folder.resolve("audit"));

    assertThat(audit.err()).isEqualToIgnoringNewLines("25 of 25 kills.");
    JsonNode result = audit.json();
    assertThat(result.path("findings")).as("broken promises").isEmpty();
    assertThat(audit.status()).isZero();
    assertThat(result.path("kills").asInt()).isEqualTo(25);
    for (String some : new String[] {"acknowledged", "delivered", "returned", "queued", "ndrs"}) {
      assertThat(result.path(some).asInt()).as(some).isPositive();
    }
  }
}
