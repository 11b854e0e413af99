package io.github.mailflowlab.scenario;

import io.github.mailflowlab.lab.order.FaultOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Faults in words. */
final class OrderText {
  private OrderText() {}

  /** For example {@code cert.expired} or {@code reply 450 4.2.1 Busy at rcpt, when.times=2}. */
  static String of(FaultOrder order) {
    Map<String, String> further = new LinkedHashMap<>(order.written());
    String id = order.id();
    String where = further.remove("where");
    String what = further.remove("what");
    further.remove("id");
    StringBuilder text = new StringBuilder();
    if (where == null || what == null) {
      text.append(id);
    } else {
      // A name of its own says more than the one made of the two words.
      text.append(id.startsWith(where + ".") ? "" : id + ": ").append(what).append(" at ");
      text.append(where);
    }
    further.forEach((key, value) -> text.append(", ").append(key).append('=').append(value));
    return text.toString();
  }
}
