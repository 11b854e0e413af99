package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.AttemptReport;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Turns the report of an attempt into a transaction. The state of the queue in memory changes here
 * and now, everything else when the transaction is durable. Confined to the queue's thread.
 */
final class Outcomes {
  private final QueuePorts ports;
  private final HopQueues queues;
  private final Returns returns;
  private final Reports reports;
  private final SplittableRandom random;

  Outcomes(QueuePorts ports, HopQueues queues, Returns returns, Reports reports) {
    this.ports = ports;
    this.queues = queues;
    this.returns = returns;
    this.reports = reports;
    this.random = new SplittableRandom(ports.settings().seed());
  }

  Transaction of(RunningAttempt attempt, AttemptReport report) {
    Settlement settlement =
        new Settlement(
            attempt,
            report,
            Verdict.of(attempt, report, ports.classifier()),
            ports.settings().retry(),
            ports.now(),
            random.nextLong());
    Optional<IOException> unreadable = attempt.content().failure();
    if (unreadable.isPresent() && report.delivered().isEmpty()) {
      return settlement.couldNotRead(unreadable.get());
    }
    return settlement.settle(queues, returns, reports);
  }
}
