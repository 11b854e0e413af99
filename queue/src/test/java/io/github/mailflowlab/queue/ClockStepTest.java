package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock is another one after a restart, by a day. */
final class ClockStepTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void aDayAheadReturnsOnceWhatHasExpiredAndDeliversTheRest() {
    String old;
    try (Lab before = Lab.started(directory)) {
      before.transport.refusesConnections();
      old = before.submit("bob@contoso.example");
    }
    try (Lab after = new Lab(directory, Lab.START.plus(DAY))) {
      after.queue.start();
      after.time.settle();
      String fresh = after.submit("carol@contoso.example");
      after.advance(Duration.ofHours(1));

      assertThat(after.message(old).status()).isEqualTo(MessageStatus.FAILED);
      assertThat(after.mailbox(Lab.ALICE)).hasSize(1);
      assertThat(after.message(fresh).status()).isEqualTo(MessageStatus.DELIVERED);
    }
  }

  /** The program's own clock never goes back; this is what the queue does with one that did. */
  @Test
  void aDayBackDeliversOrReturnsEverythingOnce() {
    String old;
    try (Lab before = Lab.started(directory)) {
      before.transport.refusesConnections();
      old = before.submit("bob@contoso.example");
    }
    try (Lab after = new Lab(directory, Lab.START.minus(DAY))) {
      after.queue.start();
      after.time.settle();
      String fresh = after.submit("carol@contoso.example");
      assertThat(fresh).isGreaterThan(old);
      after.advance(DAY.plusMinutes(1));

      // The probe is where it was, as no delay is shorter than told: too late for the new one.
      assertThat(after.message(old).status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(after.message(fresh).status()).isEqualTo(MessageStatus.FAILED);
      assertThat(after.transport.made()).hasSize(1);
      assertThat(after.mailbox(Lab.ALICE)).hasSize(1);
    }
  }
}
