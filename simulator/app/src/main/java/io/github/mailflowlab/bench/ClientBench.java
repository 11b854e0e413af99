package io.github.mailflowlab.bench;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.document.BenchDocument;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sends the same mail many times through the client that also delivers for a connector, and
 * measures. For one thread, which it blocks.
 */
public final class ClientBench implements AutoCloseable {
  private static final String NAME = "bench";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BenchPlan plan;
  private final SmtpTransport transport;
  private final AttemptRequest request;
  private final FailureClassifier classifier = new FailureClassifier(FailureCatalogue.load());

  /**
   * A client with its threads, to be closed.
   *
   * @param clock judges certificates
   */
  public ClientBench(BenchPlan plan, InstantSource clock) {
    this.plan = plan;
    this.transport = SmtpTransport.start(settings(plan, clock));
    this.request = request(plan);
  }

  /** Sends one mail, and says why the sink did not take it; empty when it did. */
  public Optional<String> refusal() {
    return send(1, 1).failed().stream().findFirst().map(BenchDocument.Failed::example);
  }

  /** Warms up, and then measures. */
  public BenchDocument run() {
    send(plan.warmUp(), plan.connections());
    Usage before = Usage.now();
    Tally tally = send(plan.messages(), plan.connections());
    return document(tally, Usage.now().minus(before));
  }

  @Override
  public void close() {
    transport.close();
  }

  private Tally send(int messages, int atOnce) {
    Tally tally = new Tally(classifier);
    new Flood(transport, request, tally, messages, atOnce).begin().join();
    return tally;
  }

  private BenchDocument document(Tally tally, Usage used) {
    long failed = tally.failed().stream().mapToLong(BenchDocument.Failed::count).sum();
    double done = tally.delivered() + failed;
    return new BenchDocument(
        plan.sink().toString(),
        plan.connections(),
        plan.size(),
        plan.reuse(),
        tally.delivered(),
        failed,
        plan.messages() - tally.delivered() - failed,
        rounded(used.nanos() / 1e9),
        rounded(tally.delivered() / (used.nanos() / 1e9)),
        rounded(used.cpuNanos() / 1e6 / done * 1000),
        rounded(tally.nanosAtPercentile(50) / 1e6),
        rounded(tally.nanosAtPercentile(99) / 1e6),
        Math.round(used.allocated() / done),
        tally.failed());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static SmtpSettings settings(BenchPlan plan, InstantSource clock) {
    return new SmtpSettings(
        "bench.example",
        Timeouts.of(TIMEOUT, TIMEOUT),
        new ConnectionLimits(plan.reuse() ? Integer.MAX_VALUE : 1, TIMEOUT),
        DnsSettings.DEFAULT,
        Revocation.OFF,
        clock,
        address -> false);
  }

  /** What is sent again and again. */
  static AttemptRequest request(BenchPlan plan) {
    return new AttemptRequest(
        NAME,
        connector(plan),
        new NextHop(NAME, Optional.empty()),
        BenchMail.ENVELOPE,
        BenchMail.ofSize(plan.size()));
  }

  private static Connector connector(BenchPlan plan) {
    return new Connector(
        NAME,
        ConnectorType.ON_PREMISES,
        true,
        List.of(DomainPattern.parse("*").orElseThrow()),
        List.of(plan.sink()),
        plan.tls(),
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
