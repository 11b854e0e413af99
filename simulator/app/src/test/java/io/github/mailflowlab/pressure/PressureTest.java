package io.github.mailflowlab.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.intake.IntakeSettings;
import io.github.mailflowlab.intake.SmtpIntake;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, what follows from it, and what a client at the intake notices. */
final class PressureTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Submission STORING =
      (envelope, content) ->
          CompletableFuture.completedFuture(
              new Submission.Result(
                  Optional.of("m1"), SmtpReply.of(250, "2.6.0 Queued"), Map.of()));

  private OptionalDouble first = OptionalDouble.of(0);
  private OptionalDouble second = OptionalDouble.of(0);
  private final Pressure pressure =
      new Pressure(
          List.of(
              new Gauge("first one, %", new Marks(10, 20), () -> first),
              new Gauge("second, s", new Marks(10, 20), () -> second)));

  @AfterEach
  void close() {
    pressure.close();
  }

  private Level at(double reading) {
    first = OptionalDouble.of(reading);
    pressure.sample();
    return pressure.level();
  }

  @Test
  void theStrictestGaugeDecides() {
    second = OptionalDouble.of(15);
    assertThat(at(0)).isEqualTo(Level.SLOWED);
    assertThat(at(20)).isEqualTo(Level.CLOSED);
    second = OptionalDouble.of(0);
    assertThat(at(0)).isEqualTo(Level.OPEN);
  }

  @Test
  void aGaugeThatCannotTellChangesNothing() {
    assertThat(at(20)).isEqualTo(Level.CLOSED);
    first = OptionalDouble.empty();
    pressure.sample();
    assertThat(pressure.level()).isEqualTo(Level.CLOSED);
    assertThat(at(0)).isEqualTo(Level.OPEN);
  }

  @Test
  void showsWhatEachGaugeSaysToTheOperator() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    pressure.sample();
    PressureMeters.register(registry, pressure);
    at(12);
    assertThat(pressure.gauges())
        .containsExactly(
            new GaugeState("first one, %", new Marks(10, 20), Level.SLOWED, OptionalDouble.of(12)),
            new GaugeState("second, s", new Marks(10, 20), Level.OPEN, OptionalDouble.of(0)));
    assertThat(registry.get("mailflow.intake.level").gauge().value()).isEqualTo(1);
    assertThat(registry.get("mailflow.intake.first.one").gauge().value()).isEqualTo(0.12);
    assertThat(registry.get("mailflow.intake.first.one").gauge().getId().getBaseUnit())
        .isEqualTo("ratio");
    assertThat(registry.get("mailflow.intake.second").gauge().getId().getBaseUnit())
        .isEqualTo("seconds");
  }

  @Test
  void aClientIsSlowedThenPutOffThenSlowedAndThenTakenAsBefore() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    IntakeSettings settings =
        IntakeSettings.of(anyPort, "lab.contoso.example", Mailbox.of("postmaster@contoso.example"));
    try (SmtpIntake intake =
            SmtpIntake.start(
                settings,
                STORING,
                recipient -> Optional.empty(),
                () -> Instant.EPOCH,
                peer -> true,
                pressure::level);
        SocketClient client = new SocketClient(intake.address())) {
      client.reply();
      assertThat(client.ask("EHLO client.example")).startsWith("250 ");
      takesOneInOnePiece(client);

      assertThat(at(10)).isEqualTo(Level.SLOWED);
      takesOneInOnePiece(client);

      assertThat(at(20)).isEqualTo(Level.CLOSED);
      assertThat(client.ask("MAIL FROM:<>")).isEqualTo("452 4.3.1 Insufficient system storage");
      assertThat(at(10)).isEqualTo(Level.CLOSED);
      assertThat(client.ask("MAIL FROM:<>")).isEqualTo("452 4.3.1 Insufficient system storage");

      assertThat(at(9)).isEqualTo(Level.SLOWED);
      takesOneInOnePiece(client);
      assertThat(at(8)).isEqualTo(Level.OPEN);
      takesOneInOnePiece(client);
      assertThat(client.ask("QUIT")).startsWith("221 ");
    }
  }

  /** Everything up to DATA is sent at once, so that a pause comes in the middle of what is read. */
  private static void takesOneInOnePiece(SocketClient client) throws IOException {
    client.send("MAIL FROM:<>\r\nRCPT TO:<bob@corp.example>\r\nDATA\r\n");
    assertThat(client.reply()).startsWith("250 2.1.0 ");
    assertThat(client.reply()).startsWith("250 2.1.5 ");
    assertThat(client.reply()).startsWith("354 ");
    assertThat(client.ask("Hello.\r\n.")).startsWith("250 2.6.0 ");
  }

  @Test
  void theLagIsTheAgeOfTheOldestWriteThatIsNotDurable() {
    Writes[] now = {new Writes(5, 5)};
    WriteLag lag = new WriteLag(() -> now[0], SECOND);
    assertThat(lag.read()).hasValue(0);
    now[0] = new Writes(7, 5); // 6 and 7 are handed in
    assertThat(lag.read()).hasValue(0);
    assertThat(lag.read()).hasValue(1);
    now[0] = new Writes(9, 5); // 8 and 9 are younger
    assertThat(lag.read()).hasValue(2);
    now[0] = new Writes(9, 6); // 7 is the oldest now
    assertThat(lag.read()).hasValue(3);
    now[0] = new Writes(9, 7); // 8 is
    assertThat(lag.read()).hasValue(2);
    now[0] = new Writes(9, 9);
    assertThat(lag.read()).hasValue(0);
    now[0] = new Writes(900, 899); // all but the youngest are done: no lag, however many they are
    assertThat(lag.read()).hasValue(0);
  }

  @Test
  void aDiskIsReadAndHasMarksThatFitItsSize(@TempDir Path folder) {
    FreeSpace disk = new FreeSpace(folder);
    assertThat(disk.read().orElseThrow()).isPositive();
    assertThat(disk.marks()).isNotNull();
    assertThat(FreeSpace.marksFor(1L << 40)).isEqualTo(new Marks(1L << 30, 1L << 29));
    assertThat(FreeSpace.marksFor(10_000_000)).isEqualTo(new Marks(1_000_000, 500_000));
    assertThat(new FreeSpace(folder.resolve("gone")).read()).isEmpty();
  }

  @Test
  void theHeapIsReadInPercent() {
    HeapAfterCollection heap = new HeapAfterCollection(new Marks(85, 95));
    assertThat(heap.read().orElseThrow()).isBetween(0.0, 100.0);
  }
}
