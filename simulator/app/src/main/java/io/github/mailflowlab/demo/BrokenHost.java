package io.github.mailflowlab.demo;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.demo.Expectation.Observed;
import io.github.mailflowlab.document.DemoDocument.Row;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One server of the demo, with the connector, the sender and the recipient that are its own.
 *
 * @param staged the server
 * @param expectation what should come of it
 */
record BrokenHost(StagedFault staged, Expectation expectation) {
  private static final int MAX_MESSAGES = 100;

  /** The fault's id as a label of a domain name. */
  private String label() {
    return expectation.fault().replace('.', '-');
  }

  Mailbox sender() {
    return new Mailbox(label(), DomainName.of("contoso.example"));
  }

  Mailbox recipient() {
    return new Mailbox("bob", DomainName.of(label() + ".onprem.example"));
  }

  Connector connector(Path trust) {
    TlsSettings tls = staged.tlsSettings();
    Checked<Connector> checked =
        new ConnectorDraft(
                expectation.fault(),
                "OnPremises",
                true,
                List.of(recipient().domain().value()),
                null,
                List.of(staged.smartHost().toString()),
                tls.parameter(),
                tls == TlsSettings.DOMAIN_VALIDATION ? staged.tlsDomain().orElseThrow() : null,
                trust.toString(),
                null)
            .check();
    return checked.value();
  }

  /** What came of it, judged. */
  Row row(Node node) {
    List<MessageView> messages =
        node.queue()
            .messages(MessageFilter.ALL.withRecipient(recipient()), MAX_MESSAGES, Optional.empty())
            .items();
    Optional<TraceEvent> error =
        messages.stream()
            .findFirst()
            .flatMap(message -> lastError(node.queue().trace(message.id())));
    List<MailboxView> reports =
        node.queue().mailbox(sender(), MAX_MESSAGES, Optional.empty()).items();
    boolean alert =
        node.alerts().alerts().stream().map(Alert::connector).anyMatch(expectation.fault()::equals);
    return expectation.judge(
        new Observed(
            error.flatMap(TraceEvent::code).map(Object::toString),
            error.map(TraceEvent::detail),
            messages.stream().mapToInt(MessageView::attempts).max().orElse(0),
            alert,
            reports.stream().findFirst().flatMap(MailboxView::status).map(Object::toString),
            outcome(messages, reports)));
  }

  /** The last deferral, or the failure where there was none. */
  private static Optional<TraceEvent> lastError(List<TraceEvent> trace) {
    Optional<TraceEvent> deferral = last(trace, TraceEvent.Kind.DEFER);
    return deferral.isPresent() ? deferral : last(trace, TraceEvent.Kind.FAIL);
  }

  private static Optional<TraceEvent> last(List<TraceEvent> trace, TraceEvent.Kind kind) {
    return trace.stream().filter(event -> event.kind() == kind).reduce((first, second) -> second);
  }

  private String outcome(List<MessageView> messages, List<MailboxView> reports) {
    if (all(messages, MessageStatus.DELIVERED) && staged.received().size() == messages.size()) {
      return "delivered";
    }
    if (all(messages, MessageStatus.FAILED) && reports.size() == messages.size()) {
      return "returned";
    }
    return "undecided";
  }

  private static boolean all(List<MessageView> messages, MessageStatus status) {
    return !messages.isEmpty() && messages.stream().allMatch(message -> message.status() == status);
  }
}
