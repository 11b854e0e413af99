package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.List;
import java.util.Optional;

/** What a failure's trace event tells of it: its code and its text. */
final class Refusals {
  private Refusals() {}

  /** The trace event of a failure as the last error of an alert; it must have a code. */
  static LastError lastError(TraceEvent trace) {
    return of(trace.code().orElseThrow(), trace.detail());
  }

  static LastError of(EnhancedStatusCode code, String reply) {
    return new LastError(Optional.empty(), code, reply, Optional.empty(), Optional.empty());
  }

  /** By what the event says; its code alone when that is no error. */
  static List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return trouble
        .lastError()
        .flatMap(
            error ->
                Advice.explain(error.reply()).or(() -> Advice.explain(error.status().toString())))
        .map(explanation -> explanation.forType(type))
        .orElseGet(() -> Advice.forError(trouble.lastError(), type));
  }
}
