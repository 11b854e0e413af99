package io.github.mailflowlab.scenario;

import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.tenant.Edit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody does in a scenario. */
sealed interface Action {
  /**
   * Does it. Returns when what it changes has changed; what follows from that may still be under
   * way.
   *
   * @return why it could not be done; empty when it was
   */
  Optional<String> carryOut(World world);

  /** What kind of thing, in one word, as in the file. */
  String word();

  /** For the time line. */
  String told();

  /** Mail is handed in. */
  record Send(Batch batch) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      world.submit(batch);
      return Optional.empty();
    }

    @Override
    public String word() {
      return "send";
    }

    @Override
    public String told() {
      return batch.told();
    }
  }

  /** A host breaks. */
  record Break(String host, FaultOrder order) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      return world.order(host, order);
    }

    @Override
    public String word() {
      return "fault";
    }

    @Override
    public String told() {
      return host + ": " + OrderText.of(order);
    }
  }

  /**
   * A host is repaired.
   *
   * @param fault which of its faults; empty for all
   */
  record Repair(String host, Optional<String> fault) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      return world.repair(host, fault);
    }

    @Override
    public String word() {
      return "repair";
    }

    @Override
    public String told() {
      return host + fault.map(id -> ": " + id + " is gone").orElse(": all is well");
    }
  }

  /** A name leads to other addresses, for those who have not kept the old ones. */
  record MoveName(String host, List<String> addresses) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      world.host(host).moveName(addresses);
      return Optional.empty();
    }

    @Override
    public String word() {
      return "dns";
    }

    @Override
    public String told() {
      return host + " now has the address " + String.join(", ", addresses);
    }
  }

  /** A domain's mail goes to other hosts. */
  record MoveMail(String domain, List<String> hosts) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      world.mx(domain, hosts);
      return Optional.empty();
    }

    @Override
    public String word() {
      return "mx";
    }

    @Override
    public String told() {
      return domain + " now has the mail servers " + String.join(", ", hosts);
    }
  }

  /** A connector or an accepted domain is changed, as an administrator would. */
  record Change(Edit.Target target, String name, Map<String, @Nullable Object> values)
      implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      return world.change(target, name, values);
    }

    @Override
    public String word() {
      return target.word();
    }

    @Override
    public String told() {
      return name
          + ": "
          + values.entrySet().stream()
              .map(value -> value.getKey() + "=" + text(value.getValue()))
              .collect(Collectors.joining(" "));
    }

    private static String text(@Nullable Object value) {
      return value instanceof List<?> list
          ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
          : String.valueOf(value);
    }
  }

  /** Something an administrator does about a connector's queues or its alert. */
  record Operate(Operation operation, String connector) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      return world.operate(operation, connector);
    }

    @Override
    public String word() {
      return operation.word();
    }

    @Override
    public String told() {
      return connector;
    }
  }

  /** Somebody looks. */
  record Look(Expectation expectation) implements Action {
    @Override
    public Optional<String> carryOut(World world) {
      return Optional.empty();
    }

    @Override
    public String word() {
      return "expect";
    }

    @Override
    public String told() {
      return expectation.toString();
    }
  }
}
