package io.github.mailflowlab.validate;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A failure for the administrator: the last error as Exchange shows it, then what Exchange keeps to
 * itself: {@code 450 4.4.315 Connection timed out [...]; stage connect, limit PT10S}.
 */
final class FailureText {
  /** How a transcript marks what went wrong. */
  private static final String PROBLEM = "*** ";

  private static final Set<TlsProblem> ONE_WORD_FOR_ALL =
      EnumSet.of(TlsProblem.HANDSHAKE, TlsProblem.INJECTED);

  private final Timeouts timeouts;
  private final DnsSettings dns;

  FailureText(Timeouts timeouts, DnsSettings dns) {
    this.timeouts = timeouts;
    this.dns = dns;
  }

  /**
   * In one line.
   *
   * @param transcript of the attempt; says why TLS failed, for which Exchange has one word only
   */
  String of(Failure failure, Classification meaning, List<String> transcript) {
    return meaning.lastError()
        + "; stage "
        + failure.stage().id()
        + limit(failure).map(limit -> ", limit " + limit).orElse("")
        + reason(failure, transcript).map(why -> ", " + why).orElse("");
  }

  private static Optional<String> reason(Failure failure, List<String> transcript) {
    if (!(failure instanceof Failure.Tls tls) || !ONE_WORD_FOR_ALL.contains(tls.problem())) {
      return Optional.empty();
    }
    return transcript.stream()
        .filter(line -> line.startsWith(PROBLEM) && !line.endsWith(failure.detail()))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(PROBLEM.length()));
  }

  /** How long was waited in vain; empty when something else ended it. */
  private Optional<Duration> limit(Failure failure) {
    if (failure instanceof Failure.Silence silence) {
      return Optional.of(silence.limit());
    }
    if (failure instanceof Failure.Dns silent && silent.problem() == DnsProblem.SILENT) {
      return Optional.of(dns.timeout());
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
