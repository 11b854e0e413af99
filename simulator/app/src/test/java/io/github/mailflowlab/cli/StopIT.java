package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.audit.ChildProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, told to stop. */
final class StopIT {
  @TempDir private Path folder;

  @Test
  void toldToStopItEndsWellAndHasPrintedOneLine() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("lab.yaml"),
            "{ listen: { smtp: \"127.0.0.1:0\", http: \"127.0.0.1:0\" }, data: ./data }");
    Path log = folder.resolve("log");
    try (ChildProgram program = ChildProgram.start(MailFlow.class, config, log)) {
      assertThat(program.stop()).isZero();
      assertThat(program.furtherOutput()).isEmpty();
    }
    try (ChildProgram again = ChildProgram.start(MailFlow.class, config, log)) {
      assertThat(again.stop()).isZero();
    }
  }
}
