package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import io.github.mailflowlab.document.ScenarioDocument.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JUnitReportTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private static ScenarioDocument result(String id, boolean met) {
    return new ScenarioDocument(
        id,
        "a name",
        "a story",
        1,
        START,
        met,
        List.of(
            new Line(
                START, Duration.ZERO, "deferred", "q", "451 \u001b<later>", 1, Optional.empty())),
        List.of(new Check(START, "delivered", "3", met ? "3" : "2", met)));
  }

  @Test
  void buildServersReadIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.xml");

    JUnitReport.write(
        file,
        List.of(result("good", true), result("bad", false)),
        Map.of("good", Duration.ofMillis(1500), "bad", Duration.ofMillis(7)));

    assertThat(Files.readString(file))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuites>"
                + "<testsuite name=\"mailflow scenarios\" tests=\"2\" failures=\"1\" errors=\"0\""
                + " skipped=\"0\" time=\"1.507\">"
                + "<testcase classname=\"scenario\" name=\"good\" time=\"1.500\"><system-out>"
                + "Mon 02 08:00:00  +00:00      deferred   q: 451 ?&lt;later&gt;\n"
                + "Mon 02 08:00:00  +00:00      expected   delivered: 3</system-out></testcase>"
                + "<testcase classname=\"scenario\" name=\"bad\" time=\"0.007\">"
                + "<failure type=\"expectation\" message=\"delivered: expected 3, seen 2\">"
                + "delivered: expected 3, seen 2</failure><system-out>"
                + "Mon 02 08:00:00  +00:00      deferred   q: 451 ?&lt;later&gt;\n"
                + "Mon 02 08:00:00  +00:00      FAILED     delivered: expected 3, seen 2"
                + "</system-out></testcase></testsuite></testsuites>");
  }
}
