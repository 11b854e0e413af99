package io.github.mailflowlab.bench;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.document.BenchDocument;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.Mailbox;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts reports, from any thread. */
final class Tally {
  /** Failures without a delivery between them, after which going on shows nothing new. */
  static final int MAX_FAILURES_IN_A_ROW = 100;

  /** The codes told apart; a sink makes them up. */
  static final int MAX_CODES = 50;

  private static final String OTHER_CODES = "other";
  private static final int PRECISION_DIGITS = 3;

  private final FailureClassifier classifier;
  private final ConcurrentHistogram latencies = new ConcurrentHistogram(PRECISION_DIGITS);
  private final LongAdder delivered = new LongAdder();
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final Map<String, BenchDocument.Failed> failed = new ConcurrentHashMap<>();

  Tally(FailureClassifier classifier) {
    this.classifier = classifier;
  }

  /** One message is done, after so long. */
  void note(AttemptReport report, long nanos) {
    Optional<Failure> failure = failureOf(report);
    if (failure.isEmpty()) {
      delivered.increment();
      latencies.recordValue(nanos);
      failuresInARow.set(0);
      return;
    }
    failuresInARow.incrementAndGet();
    LastError error = classifier.classify(failure.get(), report.destination()).lastError();
    String code = error.status().toString();
    boolean known = failed.containsKey(code) || failed.size() < MAX_CODES;
    failed.merge(
        known ? code : OTHER_CODES,
        new BenchDocument.Failed(known ? code : OTHER_CODES, 1, error.toString()),
        (before, one) ->
            new BenchDocument.Failed(before.code(), before.count() + 1, before.example()));
  }

  private static Optional<Failure> failureOf(AttemptReport report) {
    Mailbox recipient = BenchMail.ENVELOPE.recipients().get(0);
    return report.failureOf(recipient);
  }

  /** Whether it makes no sense to go on. */
  boolean isHopeless() {
    return failuresInARow.get() >= MAX_FAILURES_IN_A_ROW;
  }

  long delivered() {
    return delivered.sum();
  }

  /** What failed, the most frequent first. */
  List<BenchDocument.Failed> failed() {
    return failed.values().stream()
        .sorted(Comparator.comparingLong(BenchDocument.Failed::count).reversed())
        .toList();
  }

  /** How long so many of a hundred deliveries took at most. */
  long nanosAtPercentile(double percentile) {
    return latencies.getValueAtPercentile(percentile);
  }
}
