package io.github.mailflowlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.document.BenchDocument.Failed;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.status.SmtpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally(new FailureClassifier(FailureCatalogue.load()));

  @Test
  void countsFailuresByCodeTheMostFrequentFirst() {
    tally.note(refused("4.2.1"), 1);
    tally.note(refused("4.3.2"), 1);
    tally.note(delivered(), 1);
    tally.note(refused("4.3.2"), 1);

    assertThat(tally.delivered()).isEqualTo(1);
    assertThat(tally.failed())
        .extracting(Failed::code, Failed::count)
        .containsExactly(tuple("4.3.2", 2L), tuple("4.2.1", 1L));
    assertThat(tally.failed().get(0).example()).contains("4.3.2 not today");
  }

  @Test
  void isHopelessAfterTooManyFailuresInARowOnly() {
    fail(Tally.MAX_FAILURES_IN_A_ROW - 1);
    assertThat(tally.isHopeless()).isFalse();
    tally.note(delivered(), 1);
    fail(Tally.MAX_FAILURES_IN_A_ROW - 1);
    assertThat(tally.isHopeless()).isFalse();
    fail(1);
    assertThat(tally.isHopeless()).isTrue();
  }

  @Test
  void tellsABoundedNumberOfCodesApart() {
    for (int i = 0; i < Tally.MAX_CODES + 2; i++) {
      tally.note(refused("4.9." + i), 1);
    }

    assertThat(tally.failed()).hasSize(Tally.MAX_CODES + 1);
    assertThat(tally.failed().get(0))
        .extracting(Failed::code, Failed::count)
        .containsExactly("other", 2L);
  }

  @Test
  void onlyDeliveriesCountForLatency() {
    for (int i = 1; i <= 100; i++) {
      tally.note(delivered(), i);
      tally.note(refused("4.3.2"), 1_000_000);
    }

    assertThat(tally.nanosAtPercentile(50)).isEqualTo(50);
    assertThat(tally.nanosAtPercentile(99)).isEqualTo(99);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      tally.note(refused("4.3.2"), 1);
    }
  }

  private static AttemptReport refused(String code) {
    SmtpReply reply = new SmtpReply(450, List.of(code + " not today"));
    return AttemptReport.failed(
        new Failure.Replied(Stage.MAIL, reply, false), Optional.empty(), List.of());
  }

  private static AttemptReport delivered() {
    return new AttemptReport(
        Optional.empty(),
        Map.of(BenchMail.ENVELOPE.recipients().get(0), new SmtpReply(250, List.of("ok"))),
        false,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
