package io.github.mailflowlab.smtp;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.Mailbox;
import java.util.stream.Stream;

/** Reports in the words of the catalogue: a code of ours, {@code remote} or {@code none}. */
final class Verdicts {
  private final FailureClassifier classifier = new FailureClassifier(FailureCatalogue.load());

  /** What the first recipient that was not delivered shows. */
  String codeOf(AttemptReport report, Mailbox... recipients) {
    return Stream.of(recipients)
        .flatMap(recipient -> report.failureOf(recipient).stream())
        .findFirst()
        .map(failure -> codeOf(failure, report))
        .orElse("none");
  }

  private String codeOf(Failure failure, AttemptReport report) {
    LastError error = classifier.classify(failure, report.destination()).lastError();
    boolean isOurs = error.condition().isPresent() || failure instanceof Failure.Dns;
    return isOurs ? error.status().toString() : "remote";
  }
}
