package io.github.mailflowlab.demo;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.demo.Expectation.Observed;
import io.github.mailflowlab.document.DemoDocument.Row;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.RecipientView;
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

  /** What its first message waits with, or was returned with; empty when nothing is wrong. */
  Optional<RecipientView> error(Node node) {
    return messages(node).stream()
        .findFirst()
        .flatMap(message -> message.recipients().stream().findFirst())
        .filter(recipient -> recipient.status() != MessageStatus.DELIVERED);
  }

  /**
   * What came of it, judged.
   *
   * @param error as noted while mail was waiting
   */
  Row row(Node node, Optional<RecipientView> error) {
    List<MessageView> messages = messages(node);
    List<MailboxView> reports =
        node.queue().mailbox(sender(), MAX_MESSAGES, Optional.empty()).items();
    boolean alert =
        node.alerts().alerts().stream().map(Alert::connector).anyMatch(expectation.fault()::equals);
    return expectation.judge(
        new Observed(
            error.flatMap(RecipientView::code).map(Object::toString),
            error.flatMap(RecipientView::lastError),
            messages.stream().mapToInt(MessageView::attempts).max().orElse(0),
            alert,
            reports.stream().findFirst().flatMap(MailboxView::status).map(Object::toString),
            outcome(messages, reports)));
  }

  private List<MessageView> messages(Node node) {
    return node.queue()
        .messages(MessageFilter.ALL.withRecipient(recipient()), MAX_MESSAGES, Optional.empty())
        .items();
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
