package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchRelayTest {
  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"--rate=0", "--rate=100000", "--no-reuse", "--sessions=1", "--size=1"})
  void everyMessageGoesThroughTheNode(String option) {
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault sink = lab.stageHealthy()) {
      Program bench =
          bench("--messages=30", "--warm-up=10", "--json", "--sink=" + address(sink), option);

      assertThat(bench.err()).isEmpty();
      assertThat(bench.status()).isZero();
      JsonNode result = bench.json();
      assertThat(result.path("messages").asInt()).isEqualTo(30);
      assertThat(result.path("queued").asInt()).isZero();
      for (String measured :
          List.of("seconds", "messagesPerSecond", "p50Millis", "p99Millis", "commitsPerMessage")) {
        assertThat(result.path(measured).asDouble()).as(measured).isPositive();
      }
      assertThat(sink.received()).hasSize(10 + 30);
    }
  }

  @Test
  void hasASinkOfItsOwn() {
    Program bench = bench("--messages=1", "--warm-up=0");

    assertThat(bench.status()).isZero();
    assertThat(bench.out())
        .startsWith("MESSAGES/S  CPU MS/1000")
        .contains("Durability: ")
        .hasLineCount(3);
  }

  @ParameterizedTest
  @CsvSource({
    "--messages=0, '--messages: 0 (expected: 1 to 2147483647)'",
    "--sessions=0, '--sessions: 0 (expected: 1 to 10000)'",
    "--size=35000001, '--size: 35000001 (expected: 1 to 35000000)'",
    "--rate=-1, '--rate: -1 (expected: 0 to 2147483647)'",
    "--sink=nowhere:x, '--sink: nowhere:x (expected: name:port or [address]:port)'",
  })
  void badOptionsAreExplained(String option, String message) {
    Program bench = bench(option);

    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.err()).contains(message);
  }

  @Test
  void saysWhatStillWaits() {
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault sink = lab.stage("tcp.refused")) {
      Program bench = bench("--messages=3", "--warm-up=0", "--sink=" + address(sink));

      assertThat(bench.status()).isEqualTo(1);
      assertThat(bench.out()).contains("3 messages still wait in the queue.");
    }
  }

  /** By address: the node asks the system's DNS. */
  private static String address(StagedFault sink) {
    return "127.0.0.1:" + sink.smartHost().port();
  }

  private Program bench(String... options) {
    List<String> words = new ArrayList<>(List.of("bench", "relay", data.toString()));
    words.addAll(List.of(options));
    return Program.run(words.toArray(String[]::new));
  }
}
