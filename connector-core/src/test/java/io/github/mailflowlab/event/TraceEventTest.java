package io.github.mailflowlab.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TraceEventTest {
  @Test
  void kindsHaveTheWordsOfAMessageTrace() {
    assertThat(TraceEvent.Kind.values())
        .extracting(TraceEvent.Kind::label)
        .containsExactly(
            "Receive",
            "Submit",
            "Defer",
            "Send",
            "Deliver",
            "Expand",
            "Fail",
            "Dsn",
            "Suspend",
            "Resume",
            "Retry",
            "Resubmit",
            "Remove");
  }
}
