package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.SmtpReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Values that several tests need. */
public final class Fixtures {
  public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  public static final String ON_PREMISES = "To on-premises";
  public static final String PARTNER = "To fabrikam";

  private static final FailureClassifier CLASSIFIER =
      new FailureClassifier(FailureCatalogue.load());

  private Fixtures() {}

  public static List<Connector> connectors() {
    return List.of(
        connector(ON_PREMISES, "OnPremises", "contoso.example", "mail.contoso.example:2525"),
        connector(PARTNER, "Partner", "fabrikam.example", "[127.0.0.1]:2526"));
  }

  public static Connector connector(String name, String type, String domain, String smartHost) {
    return new ConnectorDraft(
            name, type, null, List.of(domain), null, List.of(smartHost), null, null, null, null)
        .check()
        .value();
  }

  public static LastError refused() {
    return lastError(new Failure.Connect(ConnectProblem.REFUSED));
  }

  public static LastError timedOut() {
    return lastError(new Failure.Connect(ConnectProblem.TIMED_OUT));
  }

  public static LastError greylisted() {
    SmtpReply reply = SmtpReply.of(451, "4.7.1 Try later");
    return lastError(new Failure.Replied(Stage.MAIL, reply, false));
  }

  public static LastError outOfDescriptors() {
    return lastError(new Failure.OwnExhaustion(Stage.CONNECT, "Too many open files"));
  }

  /** Something happened behind a connector; what exactly does not matter to alerts. */
  public static ConnectorEvent event(String connector) {
    return event(Optional.of(connector), TraceEvent.Kind.DEFER, "4.4.316");
  }

  public static ConnectorEvent event(
      Optional<String> connector, TraceEvent.Kind kind, String code) {
    return new ConnectorEvent(
        connector,
        Optional.empty(),
        new TraceEvent(
            START, kind, Optional.empty(), EnhancedStatusCode.parse(code), "", List.of()));
  }

  /** Something happened to one message. */
  public static ConnectorEvent messageEvent(String connector, TraceEvent.Kind kind) {
    return new ConnectorEvent(
        Optional.of(connector),
        Optional.of("0mq1"),
        new TraceEvent(START, kind, Optional.empty(), Optional.empty(), "", List.of()));
  }

  /** Something happened to one recipient at that time. */
  public static ConnectorEvent recipientEvent(
      Instant time, String connector, TraceEvent.Kind kind, String code, String recipient) {
    return new ConnectorEvent(
        Optional.of(connector),
        Optional.of("0mq1"),
        new TraceEvent(
            time,
            kind,
            Mailbox.parse(recipient),
            EnhancedStatusCode.parse(code),
            "550 " + code + " No",
            List.of()));
  }

  /** An alert as a service would have raised it. */
  public static Alert alert(String connector, String destinationServer) {
    Instant raised = START.plus(1, ChronoUnit.HOURS);
    String details =
        "Mail behind the connector \"" + connector + "\" does not get through: 212 delayed.";
    return Alert.begin(
        "amk0bh2801",
        new Policy.Title("Messages have been delayed", "High", "MessagesQueued"),
        connector,
        new Verdict.Trouble(connector, raised, 212, 200, Optional.of(refused()), details),
        raised,
        new Alert.Activity(
            212,
            details,
            Optional.of(refused()),
            destinationServer,
            List.of("Open the firewall.", "Try again.")),
        true);
  }

  public static Alert resolved(Alert alert, Instant now) {
    return alert.causeGone(now);
  }

  private static LastError lastError(Failure failure) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2525);
    return CLASSIFIER
        .classify(
            failure, Optional.of(new Destination("mail.contoso.example", Optional.of(address))))
        .lastError();
  }
}
