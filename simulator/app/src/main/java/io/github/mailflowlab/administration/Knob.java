package io.github.mailflowlab.administration;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing about a mail server that its administrator can change. Each value is a fault, or none;
 * every fault of a host belongs to exactly one knob, which takes it away when it is set.
 */
enum Knob {
  SERVICE(Value.good("running"), Value.of("stopped", "tcp.refused")),
  FIREWALL(
      Value.good("open"),
      Value.of("drop", "tcp.blackhole"),
      Value.of("reject", FaultOrder.at(Stage.CONNECT, "refuse").named("firewall.reject")),
      Value.of("inspect", "tls.offer.masked")),
  SCANNER(Value.good("off"), Value.of("on", "fw.content-cut")),
  CERTIFICATE(
      Value.good("valid"),
      Value.good("renew"),
      Value.of("expired", "cert.expired"),
      Value.of("not-yet-valid", "cert.not-yet"),
      Value.of("other-name", "cert.name"),
      Value.of("self-signed", "cert.self-signed"),
      Value.of("private-root", "cert.untrusted-root"),
      Value.of("incomplete", "cert.missing-inter")),
  STARTTLS(Value.good("on"), Value.of("off", "tls.offer.absent")),
  REQUIRE_TLS(Value.good("off"), Value.of("on", "smtp.530-starttls")),
  GREYLISTING(
      Value.good("off"),
      Value.of("on", FaultOrder.at(Stage.RCPT, "greylist PT5M").named("greylisting")));

  /** Shown of a knob whose fault is none of its values. */
  static final String FAULTY = "faulty";

  /** A word for it, and the fault that it is, if it is one. */
  record Value(String word, Optional<FaultOrder> order) {
    static Value good(String word) {
      return new Value(word, Optional.empty());
    }

    static Value of(String word, String fault) {
      return of(word, FaultOrder.of(fault));
    }

    static Value of(String word, FaultOrder order) {
      return new Value(word, Optional.of(order));
    }

    boolean is(String orderId) {
      return order.map(FaultOrder::id).filter(orderId::equals).isPresent();
    }
  }

  private final List<Value> values;

  Knob(Value... values) {
    this.values = List.of(values);
  }

  /** As it is written, such as {@code requireTls}. */
  String key() {
    return this == REQUIRE_TLS ? "requireTls" : name().toLowerCase(Locale.ROOT);
  }

  static List<String> keys() {
    return Stream.of(values()).map(Knob::key).toList();
  }

  static Optional<Knob> of(String key) {
    return Stream.of(values()).filter(knob -> knob.key().equals(key)).findFirst();
  }

  List<String> words() {
    return values.stream().map(Value::word).toList();
  }

  Optional<Value> value(String word) {
    return values.stream().filter(value -> value.word().equals(word)).findFirst();
  }

  /** The word for how things are. */
  String word(List<String> orderIds) {
    List<String> own = orderIds.stream().filter(this::owns).toList();
    if (own.isEmpty()) {
      return values.get(0).word();
    }
    String last = own.get(own.size() - 1);
    return values.stream()
        .filter(value -> value.is(last))
        .findFirst()
        .map(Value::word)
        .orElse(FAULTY);
  }

  /** Whether that fault is this knob's. Those of names are no knob's. */
  boolean owns(String orderId) {
    return !orderId.startsWith(Names.FAULTS) && owner(orderId) == this;
  }

  /** By the values first, then by who would look after it; the service has the rest. */
  private static Knob owner(String id) {
    return Stream.of(values())
        .filter(knob -> knob.values.stream().anyMatch(value -> value.is(id)))
        .findFirst()
        .orElseGet(
            () -> {
              if (id.startsWith("cert.") || id.equals("fw.tls-intercept")) {
                return CERTIFICATE;
              }
              if (id.startsWith("tls.")) {
                return STARTTLS;
              }
              return id.startsWith("tcp.") || id.startsWith("fw.") ? FIREWALL : SERVICE;
            });
  }
}
