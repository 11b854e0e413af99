package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.failure.Observation;
import io.github.mailflowlab.failure.Scope;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.status.SmtpReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a report means for the recipients of an attempt and for its next hop. Pure.
 *
 * @param delivered who has it, with the reply
 * @param failures what it means for the others; none for those of a cancelled attempt about whom
 *     the peer had said nothing
 */
record Verdict(
    Map<SpooledRecipient, SmtpReply> delivered, Map<SpooledRecipient, Classification> failures) {

  static Verdict of(RunningAttempt attempt, AttemptReport report, FailureClassifier classifier) {
    Map<SpooledRecipient, SmtpReply> delivered = new LinkedHashMap<>();
    Map<SpooledRecipient, Classification> failures = new LinkedHashMap<>();
    for (SpooledRecipient recipient : attempt.due()) {
      SmtpReply reply = report.delivered().get(recipient.address());
      if (reply != null) {
        delivered.put(recipient, reply);
      } else if (!attempt.isCancelled() || report.refused().containsKey(recipient.address())) {
        failures.put(
            recipient, classifier.classify(failure(report, recipient), report.destination()));
      }
    }
    return new Verdict(delivered, failures);
  }

  private static Failure failure(AttemptReport report, SpooledRecipient recipient) {
    return report
        .failureOf(recipient.address())
        .orElseGet(() -> new Failure.OwnExhaustion(Stage.DONE, "no outcome was reported"));
  }

  /** The failure of the next hop, unless it took something in spite of it. */
  Optional<LastError> nextHopFailure() {
    return delivered.isEmpty()
        ? failures.values().stream()
            .filter(failure -> failure.scope() == Scope.NEXT_HOP)
            .map(Classification::lastError)
            .findFirst()
        : Optional.empty();
  }

  /** The failure of a transaction that ended without a reply. */
  Optional<LastError> endInTransaction() {
    return failures.values().stream()
        .filter(failure -> failure.observation() == Observation.ENDED_IN_TRANSACTION)
        .map(Classification::lastError)
        .findFirst();
  }

  /** Whether anything in it comes from the peer, rather than from our own troubles. */
  boolean heardFromPeer() {
    return !delivered.isEmpty()
        || failures.values().stream()
            .anyMatch(failure -> failure.observation() != Observation.OWN_EXHAUSTION);
  }
}
