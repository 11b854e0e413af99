package io.github.mailflowlab.environment;

import io.github.mailflowlab.document.HostDocument;
import io.github.mailflowlab.document.HostMessageDocument;
import io.github.mailflowlab.document.HostSessionDocument;
import io.github.mailflowlab.document.OrderDocument;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.order.OrderReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes documents of what the lab tells. */
final class HostDocuments {
  private HostDocuments() {}

  static HostDocument host(NamedHost host) {
    return new HostDocument(
        host.name(),
        host.plan().address(),
        host.smartHost().port(),
        host.plan().mailDomains().stream().map(Object::toString).toList(),
        host.plan().without(),
        host.plan().addresses(),
        orders(host.faults()),
        host.sessionCount(),
        host.received().size(),
        host.duplicates().stream()
            .map(
                found ->
                    new HostDocument.Twice(found.messageId(), found.recipient(), found.sessions()))
            .toList());
  }

  static List<OrderDocument> orders(List<OrderReport> reports) {
    return reports.stream().map(HostDocuments::order).toList();
  }

  private static OrderDocument order(OrderReport report) {
    Map<String, String> written = report.order().written();
    return new OrderDocument(
        report.order().id(),
        Optional.ofNullable(written.get("where")),
        Optional.ofNullable(written.get("what")),
        part(written, "who."),
        part(written, "when."),
        Optional.ofNullable(written.get("ttl")),
        new OrderDocument.Seen(
            report.given(),
            report.reached(),
            report.matched(),
            report.acted(),
            report.nearMiss(),
            report.isCounted()));
  }

  private static Map<String, String> part(Map<String, String> written, String prefix) {
    Map<String, String> part = new LinkedHashMap<>();
    written.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            part.put(key.substring(prefix.length()), value);
          }
        });
    return part;
  }

  static HostSessionDocument session(SessionRecord session) {
    return new HostSessionDocument(
        session.number(),
        session.reached().id(),
        session.tls(),
        session.stored(),
        session.finalReplies(),
        session.closed(),
        session.faults(),
        session.transcript());
  }

  static HostMessageDocument message(ReceivedMessage message) {
    return new HostMessageDocument(
        id(message),
        message.session(),
        message.tls(),
        message.reversePath(),
        message.recipients(),
        message.size());
  }

  static String id(ReceivedMessage message) {
    return message.session() + "-" + message.ordinal();
  }
}
