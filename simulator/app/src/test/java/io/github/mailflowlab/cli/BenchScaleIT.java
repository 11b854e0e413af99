package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bench of a long queue, with a short one: what it counts is right, whatever the times are. */
final class BenchScaleIT {
  @TempDir private Path folder;

  @Test
  void drainsAndReturnsAllThatItParked() {
    Program bench = bench("new", "--messages=300", "--others=20", "--json");

    assertThat(bench.status()).as(bench.err()).isZero();
    JsonNode result = bench.json();
    assertThat(result.path("delivered").asInt()).isEqualTo(300);
    assertThat(result.path("reports").asInt()).isEqualTo(300);
    assertThat(result.path("probes").asInt()).isPositive();
    assertThat(result.path("connections").asInt()).isEqualTo(result.path("probes").asInt());
    for (String speed : List.of("others", "othersMeanwhile", "drain", "expiry")) {
      assertThat(result.path(speed).path("messagesPerSecond").asDouble()).as(speed).isPositive();
      assertThat(result.path(speed).path("heapMegabytes").asLong()).as(speed).isBetween(1L, 256L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "new, --messages=0, '--messages: 0 (expected: 1 to 2147483647)'",
    "new, --size=0, '--size: 0 (expected: 1 to 35000000)'",
    "new, --others=0, '--others: 0 (expected: 1 to 2147483647)'",
    "., --messages=1, exists (expected: a new folder)",
  })
  void badOptionsAreExplained(String data, String option, String message) {
    Program bench = bench(data, option);

    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.err()).contains(message);
  }

  private Program bench(String data, String... options) {
    return Program.run(
        Stream.concat(
                Stream.of("bench", "scale", folder.resolve(data).toString()), Stream.of(options))
            .toArray(String[]::new));
  }
}
