package io.github.mailflowlab.training;

import io.github.mailflowlab.administration.HostAdministration;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.tenant.ConnectorValidation;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.tenant.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * What runs during a lesson, to be asked and changed.
 *
 * @param queue of the node
 * @param alerts of the node
 * @param tenant of the node
 * @param validation real attempts
 * @param lab the servers
 * @param administration the knobs of the servers
 */
record Facts(
    MailQueue queue,
    AlertService alerts,
    Tenant tenant,
    ConnectorValidation validation,
    Lab lab,
    HostAdministration administration) {
  private static final String VALIDATOR = "O365ConnectorValidation@";

  /** What a host holds, without the test mail of validations. */
  List<ReceivedMessage> received(String host) {
    return Optional.ofNullable(lab.hosts().get(host)).map(NamedHost::received).stream()
        .flatMap(List::stream)
        .filter(message -> !message.reversePath().startsWith(VALIDATOR))
        .toList();
  }

  /** Queues with mail in them. */
  List<QueueView> backlogs() {
    return queue.queues().stream().filter(one -> one.messageCount() > 0).toList();
  }

  /** The newest first. */
  List<Alert> openAlerts() {
    return alerts.alerts().stream().filter(alert -> alert.resolved().isEmpty()).toList();
  }

  Optional<ConfiguredDocument> connector(String name) {
    return tenant.shown(Target.CONNECTOR, name);
  }

  /** A real attempt through the connector as it is now; empty when there is no such connector. */
  Optional<ValidationDocument> validate(String name, Mailbox recipient) {
    Optional<Connector> connector = tenant.connector(name);
    return connector.map(found -> validation.validate(found, List.of(recipient)));
  }
}
