package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process is killed in the middle of its work. */
final class CrashTest {
  private static final int ACKNOWLEDGED = 500;

  @TempDir Path directory;

  @Test
  void keepsEveryAcknowledgedMessageWhenTheProcessIsKilled() throws Exception {
    List<String> acknowledged = runAndKill();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
    try (Lab lab = new Lab(directory)) {
      lab.transport.hangs();
      lab.queue.start();
      for (String id : acknowledged) {
        MessageView message = lab.message(id);
        assertThat(message.status()).isEqualTo(MessageStatus.PENDING);
        assertThat(Lab.text(lab.queue.content(id).orElseThrow()))
            .isEqualTo(Lab.text(Lab.mail("Hello")));
      }
      assertThat(lab.onlyQueue().messageCount()).isEqualTo(countAll(lab));
    }
  }

  @Test
  void sendsAgainOnlyWhatWasInAnAttempt() {
    Lab before = Lab.started(directory);
    String done = before.submit("bob@contoso.example");
    before.transport.hangs();
    String inAttempt =
        before
            .queue
            .submit(
                Lab.envelope("alice@contoso.example", "carol@contoso.example"), Lab.mail("Hello"))
            .toCompletableFuture()
            .join()
            .id()
            .orElseThrow();
    before.close();
    try (Lab after = new Lab(directory)) {
      after.queue.start();
      after.time.settle();
      assertThat(after.transport.made().stream().map(FakeTransport.Made::message))
          .containsExactly(inAttempt);
      assertThat(after.message(done).status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(after.message(inAttempt).status()).isEqualTo(MessageStatus.DELIVERED);
    }
  }

  private static long countAll(Lab lab) {
    long count = 0;
    Optional<String> cursor = Optional.empty();
    do {
      Page<MessageView> page = lab.queue.messages(MessageFilter.ALL, 1000, cursor);
      count += page.items().size();
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return count;
  }

  private List<String> runAndKill() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Submitter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> ids = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      while (ids.size() < ACKNOWLEDGED) {
        ids.add(whole(out.readLine()));
      }
      // By its handle, because Process.destroyForcibly would close the pipe before it is empty.
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
      // What it had printed before it died was acknowledged too; only the last line may be torn.
      for (String id = out.readLine(); id != null && id.endsWith("."); id = out.readLine()) {
        ids.add(whole(id));
      }
    } finally {
      child.destroyForcibly();
    }
    return ids;
  }

  private static String whole(@Nullable String line) {
    assertThat(line).as("a line of the child").isNotNull().endsWith(".");
    return String.valueOf(line).replace(".", "");
  }

  /** The child: submits for ever, and prints the id of each message that was acknowledged. */
  static final class Submitter {
    private static final int AT_A_TIME = 16;

    private Submitter() {}

    public static void main(String[] arguments) {
      Lab lab = new Lab(Path.of(arguments[0]));
      lab.transport.hangs();
      lab.queue.start();
      while (true) {
        List<CompletableFuture<String>> batch = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
          batch.add(submit(lab));
        }
        batch.forEach(id -> System.out.println(id.join() + "."));
      }
    }

    private static CompletableFuture<String> submit(Lab lab) {
      return lab.queue
          .submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
          .toCompletableFuture()
          .thenApply(result -> result.id().orElseThrow());
    }
  }
}
