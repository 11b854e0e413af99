package io.github.mailflowlab.validate;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.document.ValidationDocument.Server;
import io.github.mailflowlab.document.ValidationDocument.Task;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.smtp.SmtpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Validates a connector as Exchange does (exchange-online-behaviour 4.4): a connectivity check for
 * each smart host, then a test mail through the connector to each recipient. One attempt each,
 * against the real servers, nothing queued. For one thread, which it blocks.
 */
public final class Validation {
  private static final String SUCCEEDED = "Succeeded";
  private static final String FAILED = "Failed";
  private static final String SKIPPED = "Skipped";
  private static final String ATTEMPT_ID = "validation";

  /** The first failure, with whom it was at; it decides code, stage and advice. */
  private record Verdict(Failure failure, Optional<Destination> destination) {}

  private final SmtpTransport transport;
  private final FailureClassifier classifier;
  private final FailureText text;
  private final Connector connector;

  private final List<Task> tasks = new ArrayList<>();
  private final List<String> transcript = new ArrayList<>();
  private Optional<Verdict> verdict = Optional.empty();
  private Optional<Destination> lastTried = Optional.empty();
  private boolean reachable;

  /**
   * A validation of this connector.
   *
   * @param timeouts those of the transport, to be named where one ran out
   * @param dns that of the transport, likewise
   */
  public Validation(
      SmtpTransport transport,
      FailureClassifier classifier,
      Timeouts timeouts,
      DnsSettings dns,
      Connector connector) {
    this.transport = transport;
    this.classifier = classifier;
    this.text = new FailureText(timeouts, dns);
    this.connector = connector;
  }

  /** Only whether the smart hosts can be reached: QUIT after EHLO or TLS. */
  public ValidationDocument checkConnectivity(Mailbox to) {
    checkEachHost();
    tasks.add(new Task(sendTask(to), SKIPPED, "No mail was to be sent."));
    return document(to);
  }

  /**
   * The whole validation.
   *
   * @param recipients at least one; each gets a mail of its own
   * @param mail composes it
   */
  public ValidationDocument checkAndSend(
      ReversePath from, List<Mailbox> recipients, Function<Mailbox, byte[]> mail) {
    checkEachHost();
    for (Mailbox to : recipients) {
      if (reachable || connector.useMxRecord()) {
        send(from, to, mail.apply(to));
      } else {
        tasks.add(new Task(sendTask(to), SKIPPED, "No smart host could be reached."));
      }
    }
    return document(recipients.get(0));
  }

  private void checkEachHost() {
    for (SmartHost host : connector.smartHosts()) {
      AttemptReport report = await(transport.check(connector, host));
      note(report, report.failure(), "Check connectivity to " + host, report.tls().orElse(""));
      reachable |= report.failure().isEmpty();
    }
  }

  private void send(ReversePath from, Mailbox to, byte[] mail) {
    AttemptReport report =
        await(
            transport.start(
                new AttemptRequest(
                    ATTEMPT_ID,
                    connector,
                    new NextHop(
                        connector.name(),
                        connector.useMxRecord() ? Optional.of(to.domain()) : Optional.empty()),
                    new Envelope(from, List.of(to), bodyType(mail)),
                    MessageContent.of(mail))));
    String reply = report.delivered().containsKey(to) ? report.delivered().get(to).toString() : "";
    note(report, report.failureOf(to), sendTask(to), reply);
  }

  private static BodyType bodyType(byte[] mail) {
    for (byte octet : mail) {
      if (octet < 0) {
        return BodyType.EIGHT_BIT_MIME;
      }
    }
    return BodyType.SEVEN_BIT;
  }

  private void note(
      AttemptReport report, Optional<Failure> failure, String task, String detailOfSuccess) {
    transcript.addAll(report.transcript());
    lastTried = report.destination();
    String detail =
        failure
            .map(
                why ->
                    text.of(
                        why, classifier.classify(why, report.destination()), report.transcript()))
            .orElse(detailOfSuccess);
    tasks.add(new Task(task, failure.isPresent() ? FAILED : SUCCEEDED, detail));
    if (verdict.isEmpty()) {
      verdict = failure.map(why -> new Verdict(why, report.destination()));
    }
  }

  private ValidationDocument document(Mailbox to) {
    Optional<Destination> destination = verdict.map(Verdict::destination).orElse(lastTried);
    Optional<Classification> meaning =
        verdict.map(bad -> classifier.classify(bad.failure(), bad.destination()));
    return new ValidationDocument(
        verdict.isEmpty(),
        meaning.map(what -> what.lastError().status().toString()).orElse("2.0.0"),
        meaning.map(what -> what.lastError().toString()),
        verdict.map(bad -> bad.failure().stage().id()).orElse("done"),
        server(destination, to),
        meaning
            .map(what -> Advice.forError(Optional.of(what.lastError()), connector.connectorType()))
            .orElse(List.of()),
        List.copyOf(tasks),
        List.copyOf(transcript));
  }

  private Server server(Optional<Destination> destination, Mailbox to) {
    SmartHost first =
        connector.smartHosts().stream()
            .findFirst()
            .orElseGet(() -> new SmartHost(to.domain().value(), SmartHost.DEFAULT_PORT));
    return destination
        .map(
            tried ->
                new Server(
                    tried.serverName(),
                    tried.ip(),
                    tried.address().map(a -> a.getPort()).orElse(first.port())))
        .orElseGet(() -> new Server(first.host(), Optional.empty(), first.port()));
  }

  private static String sendTask(Mailbox to) {
    return "Send test email to " + to;
  }

  private static AttemptReport await(Transport.Attempt attempt) {
    return attempt.report().toCompletableFuture().join();
  }
}
