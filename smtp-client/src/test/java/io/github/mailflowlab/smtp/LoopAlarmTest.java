package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopAlarmTest {
  @ParameterizedTest
  @CsvSource({"smtp, 1", "smtp-blocking, 0", "smtp-report, 0", "lab, 0"})
  void onlyTheClientsLoopsMustNotWait(String pool, int noted) throws Exception {
    runIn(pool, () -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));

    assertThat(LoopAlarm.drain()).hasSize(noted);
  }

  @Test
  void theyMustNotReadFilesEither(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");

    runIn("smtp", () -> Files.readString(file));

    assertThat(LoopAlarm.drain()).isNotEmpty();
  }

  private static void runIn(String pool, Callable<?> work) throws Exception {
    FutureTask<?> task = new FutureTask<>(work);
    new DefaultThreadFactory(pool).newThread(task).start();
    task.get();
  }
}
