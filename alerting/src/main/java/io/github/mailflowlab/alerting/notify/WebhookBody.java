package io.github.mailflowlab.alerting.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.failure.LastError;
import java.time.Duration;
import java.time.Instant;

/** An alert in the form that a webhook's receiver understands. */
final class WebhookBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** When Alertmanager takes an alert for over that we never closed; nothing ticks to renew it. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private WebhookBody() {}

  /**
   * What is posted.
   *
   * @param wall the time on the wall, by which Alertmanager goes
   */
  static String of(Alert alert, Webhook.Form form, Instant wall) {
    return switch (form) {
      case JSON -> plain(alert).toString();
      case ALERTMANAGER -> JSON.createArrayNode().add(alertmanager(alert, wall)).toString();
      case SLACK -> JSON.createObjectNode().put("text", slack(text(alert))).toString();
      case TEAMS -> teams(alert).toString();
    };
  }

  private static ObjectNode plain(Alert alert) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", alert.id());
    node.put("policy", alert.policy());
    node.put("severity", alert.severity());
    node.put("category", alert.category());
    node.put("activity", alert.activity());
    node.put("state", alert.state().label());
    node.put("connector", alert.connector());
    node.put("subject", alert.subject());
    node.put("count", alert.count());
    node.put("threshold", alert.threshold());
    node.put("details", alert.details());
    node.put("code", alert.lastError().map(error -> error.status().toString()).orElse(null));
    node.put("lastError", alert.lastError().map(LastError::toString).orElse(null));
    node.put("destinationServer", alert.destinationServer());
    node.put("raised", alert.raised().toString());
    node.put("updated", alert.updated().toString());
    node.put("resolved", alert.resolved().map(Object::toString).orElse(null));
    alert.advice().forEach(node.putArray("advice")::add);
    return node;
  }

  /**
   * Labels say which alert it is, so they never change; what changes is an annotation. It begins
   * and ends when Alertmanager is told: an end that lies ahead of the wall, as the lab's time may,
   * is none to Alertmanager. It keeps the beginning it knows, so an end goes without.
   */
  private static ObjectNode alertmanager(Alert alert, Instant wall) {
    ObjectNode node = JSON.createObjectNode();
    node.putObject("labels")
        .put("alertname", alert.policy())
        .put("severity", alert.severity())
        .put("connector", alert.connector())
        .put("subject", alert.subject())
        .put("alert_id", alert.id());
    node.putObject("annotations")
        .put("summary", summary(alert))
        .put("details", alert.details())
        .put("lastError", lastError(alert))
        .put("raised", alert.raised().toString())
        .put("advice", String.join("\n", alert.advice()));
    if (alert.resolved().isPresent()) {
      node.put("endsAt", wall.toString());
    } else {
      node.put("startsAt", wall.toString());
      node.put("endsAt", wall.plus(LONGEST).toString());
    }
    return node;
  }

  private static ObjectNode teams(Alert alert) {
    ObjectNode message = JSON.createObjectNode().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    card.putArray("body")
        .addObject()
        .put("type", "TextBlock")
        .put("wrap", true)
        .put("text", text(alert));
    return message;
  }

  private static String text(Alert alert) {
    return summary(alert)
        + "\n"
        + alert.details()
        + "\nLast error: "
        + lastError(alert)
        + "\n"
        + String.join("\n", alert.advice());
  }

  private static String summary(Alert alert) {
    return (alert.state().isClosed() ? alert.state().label() : alert.severity())
        + ": "
        + alert.policy()
        + " ("
        + alert.subject()
        + ")";
  }

  private static String lastError(Alert alert) {
    return alert.lastError().map(LastError::toString).orElse("none yet");
  }

  /** What a peer said must not become a link or a mention: Slack's three control characters. */
  private static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
