package io.github.mailflowlab.scenario;

import io.github.mailflowlab.lab.order.FaultOrder;
import java.util.Map;
import java.util.stream.Collectors;

/** Faults in words. */
final class OrderText {
  private OrderText() {}

  /** For example {@code cert.expired} or {@code smtp.rcpt.4yz when.times=2}. */
  static String of(FaultOrder order) {
    Map<String, String> written = order.written();
    String further =
        written.entrySet().stream()
            .filter(part -> !part.getKey().equals("id"))
            .map(part -> " " + part.getKey() + "=" + part.getValue())
            .collect(Collectors.joining());
    return order.id() + further;
  }
}
