package io.github.mailflowlab.validate;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import java.time.Duration;
import java.util.Optional;

/**
 * A failure for the administrator: the last error as Exchange shows it, then what Exchange keeps to
 * itself: {@code 450 4.4.315 Connection timed out [...]; stage connect, limit PT10S}.
 */
final class FailureText {
  private final Timeouts timeouts;

  FailureText(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  String of(Failure failure, Classification meaning) {
    return meaning.lastError()
        + "; stage "
        + failure.stage().id()
        + limit(failure).map(limit -> ", limit " + limit).orElse("");
  }

  /** How long was waited in vain; empty when something else ended it. */
  private Optional<Duration> limit(Failure failure) {
    if (failure instanceof Failure.Silence silence) {
      return Optional.of(silence.limit());
    }
    if (failure instanceof Failure.Connect connect
        && connect.problem() == ConnectProblem.TIMED_OUT) {
      return Optional.of(timeouts.connect());
    }
    if (failure instanceof Failure.Tls tls && tls.problem() == TlsProblem.SILENT) {
      return Optional.of(tls.stage() == Stage.EHLO ? timeouts.ehlo() : timeouts.starttls());
    }
    return Optional.empty();
  }
}
