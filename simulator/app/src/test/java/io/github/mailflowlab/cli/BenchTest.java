package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  private static Lab lab;

  @BeforeAll
  static void startLab() {
    lab = Lab.start(SystemTime.source());
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  @Test
  void everyMessageArrivesAndIsMeasured() {
    try (StagedFault sink = lab.stageHealthy()) {
      Program bench =
          bench(sink, "--messages", "40", "--warm-up", "10", "--connections", "4", "--json");

      assertThat(bench.status()).isZero();
      assertThat(bench.err()).isEmpty();
      JsonNode result = bench.json();
      assertThat(result.path("delivered").asInt()).isEqualTo(40);
      assertThat(result.path("failed").asInt()).isZero();
      assertThat(result.path("notTried").asInt()).isZero();
      for (String measured :
          List.of(
              "seconds", "messagesPerSecond", "p50Millis", "p99Millis", "allocatedPerMessage")) {
        assertThat(result.path(measured).asDouble()).as(measured).isPositive();
      }
      // One message goes ahead, to see whether the sink takes any.
      assertThat(sink.received()).hasSize(1 + 10 + 40);
    }
  }

  @Test
  void peopleGetATable() {
    try (StagedFault sink = lab.stageHealthy()) {
      Program bench = bench(sink, "--messages", "1", "--warm-up", "0", "--tls");

      assertThat(bench.status()).isZero();
      assertThat(bench.out()).startsWith("MESSAGES/S  CPU MS/1000").hasLineCount(2);
      assertThat(sink.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"--size=1, 1", "--no-reuse, 6"})
  void connectionsAreKeptUnlessToldOtherwise(String option, int connections) {
    try (StagedFault sink = lab.stageHealthy()) {
      // One ahead and five more, one at a time.
      Program bench =
          bench(sink, "--messages", "5", "--warm-up", "0", "--connections", "1", option);

      assertThat(bench.status()).isZero();
      assertThat(sink.sessions()).hasSize(connections);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp.refused, 4.4.316",
    "smtp.rcpt.5yz, 550 5.1.1",
  })
  void aSinkThatTakesNothingIsSaidInOneLine(String fault, String code) {
    try (StagedFault sink = lab.stage(fault)) {
      Program bench = bench(sink);

      assertThat(bench.status()).isEqualTo(1);
      assertThat(bench.out()).isEmpty();
      assertThat(bench.err())
          .startsWith("The sink [127.0.0.1]:" + sink.smartHost().port() + " takes no mail: ")
          .contains(code)
          .hasLineCount(1);
    }
  }

  /** By address: the bench asks the system's DNS. */
  private static Program bench(StagedFault sink, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "client", "127.0.0.1:" + sink.smartHost().port()));
    arguments.addAll(List.of(options));
    return Program.run(arguments.toArray(String[]::new));
  }
}
