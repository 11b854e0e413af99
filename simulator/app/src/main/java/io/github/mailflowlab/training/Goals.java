package io.github.mailflowlab.training;

import io.github.mailflowlab.document.LessonDocument.Finding;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.QueueView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of goals there are; each says in its own words what was found. */
final class Goals {
  private Goals() {}

  /** So many messages have reached that host. */
  static Goal delivered(String what, String host, int count) {
    return facts -> {
      int found = facts.received(host).size();
      return new Finding(what, found >= count, found + " of " + count + " at " + host);
    };
  }

  /** The same, but only what came encrypted counts. */
  static Goal deliveredOverTls(String what, String host, int count) {
    return facts -> {
      List<ReceivedMessage> all = facts.received(host);
      long found = all.stream().filter(ReceivedMessage::tls).count();
      return new Finding(
          what, found >= count, found + " of " + count + " at " + host + " over TLS");
    };
  }

  /** Nothing waits. */
  static Goal nothingQueued(String what) {
    return facts -> {
      List<QueueView> backlogs = facts.backlogs();
      String found =
          backlogs.stream()
              .map(
                  queue ->
                      queue.messageCount()
                          + " waiting"
                          + queue.lastError().map(error -> ": " + error.reply()).orElse(""))
              .collect(Collectors.joining("; "));
      return new Finding(what, backlogs.isEmpty(), found.isEmpty() ? "none waiting" : found);
    };
  }

  /** No alert is open. */
  static Goal noOpenAlert(String what) {
    return facts -> {
      String open =
          facts.openAlerts().stream()
              .map(alert -> alert.id() + " is " + alert.state().label())
              .collect(Collectors.joining(", "));
      return new Finding(what, open.isEmpty(), open.isEmpty() ? "none open" : open);
    };
  }

  /** A parameter of a connector has one of these values; an empty one for none at all. */
  static Goal parameter(String what, String connector, String key, List<String> values) {
    return facts -> {
      Optional<String> found =
          facts
              .connector(connector)
              .flatMap(document -> document.parameters())
              .map(parameters -> text(parameters.get(key)));
      return new Finding(
          what,
          found.filter(values::contains).isPresent(),
          found
              .map(value -> key + " is " + (value.isEmpty() ? "not set" : value))
              .orElse("no connector " + connector));
    };
  }

  /** An accepted domain is of that type. */
  static Goal domain(String what, String domain, String type) {
    return facts -> {
      String found =
          facts
              .tenant()
              .domain(domain)
              .map(one -> one.type().parameter())
              .orElse("no accepted domain");
      return new Finding(what, found.equals(type), domain + " is " + found);
    };
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null ? "" : value.toString();
  }

  /** Nobody has touched a connector; trying it out does not count. */
  static Goal untouched(String what, String connector) {
    return facts -> {
      List<String> changed =
          facts.connector(connector).stream()
              .flatMap(document -> document.overridden().stream())
              .filter(key -> !key.matches("(?i)(isValidated|.*validation.*)"))
              .toList();
      return new Finding(
          what,
          changed.isEmpty(),
          changed.isEmpty() ? "as it was" : "changed: " + String.join(", ", changed));
    };
  }

  /** A real attempt through the connector succeeds now. */
  static Goal validates(String what, String connector, Mailbox recipient) {
    return facts -> {
      Optional<ValidationDocument> result = facts.validate(connector, recipient);
      return new Finding(
          what,
          result.filter(ValidationDocument::succeeded).isPresent(),
          result.map(Goals::told).orElse("no connector " + connector));
    };
  }

  private static String told(ValidationDocument result) {
    if (result.succeeded()) {
      return "succeeded";
    }
    // What stands in brackets is for those who look for it.
    String error = result.lastError().orElse(result.code()).split(" \\[", 2)[0];
    return error + ", at stage " + result.stage();
  }

  /** A knob of a host has that value. */
  static Goal knob(String what, String host, String key, String value) {
    return facts -> {
      Map<String, String> settings =
          facts.administration().host(host).map(found -> found.settings()).orElse(Map.of());
      String found = settings.getOrDefault(key, "unknown");
      return new Finding(what, found.equals(value), key + " is " + found);
    };
  }
}
