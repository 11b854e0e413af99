package io.github.mailflowlab.scenario;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.fix.FixAnswer;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.Simulation;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.queue.OperationResult;
import io.github.mailflowlab.queue.Order;
import io.github.mailflowlab.queue.QueueStatus;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.queue.RetryResult;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.tenant.Edit;
import io.github.mailflowlab.time.WorkInFlight;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is in a running scenario: hosts, a node, and their clock, which only moves when
 * told. For one thread, which waits for what it asks for, but no longer than the patience: then
 * each method throws a {@link TimeUpException}.
 */
final class World implements AutoCloseable {
  private static final Order ADMINISTRATOR = new Order("scenario", Optional.empty());

  private final WorkInFlight work = new WorkInFlight();
  private final Patience patience;
  private final Chronicle chronicle;
  private final LabClock clock;
  private final Lab lab;
  private final Map<String, NamedHost> hosts = new LinkedHashMap<>();
  private final Node node;
  private final List<Submission.Result> submitted = new ArrayList<>();

  private World(Scenario scenario, long seed, Path folder) throws StartupException {
    this.chronicle = new Chronicle();
    // The wall does not matter to a clock that stands still.
    this.clock =
        LabClock.start(
            Optional.of(new ClockState(scenario.start(), scenario.start(), 1, true)),
            work,
            change -> {});
    boolean started = false;
    try {
      this.lab = Lab.start(clock, seed);
      try {
        scenario.hosts().forEach(this::start);
        LabSettings settings = new Premises(lab, hosts.values()).settings(scenario, folder);
        this.node = Node.start(settings, seed, new Simulation(clock, work, chronicle));
        started = true;
      } finally {
        if (!started) {
          lab.close();
        }
      }
    } finally {
      if (!started) {
        clock.close();
      }
    }
    patience = Patience.of(scenario.limit());
  }

  /** Mail servers listen on one port; those that have addresses of their own do so here. */
  private void start(HostPlan plan) {
    int port = plan.port() == 0 ? sharedPort(plan) : plan.port();
    hosts.put(plan.name().value(), lab.host(withPort(plan, port)));
  }

  private int sharedPort(HostPlan plan) {
    return hosts.values().stream()
        .filter(host -> !host.plan().address().equals(plan.address()))
        .map(host -> host.smartHost().port())
        .findFirst()
        .orElse(0);
  }

  private static HostPlan withPort(HostPlan plan, int port) {
    return new HostPlan(
        plan.name(),
        plan.address(),
        port,
        plan.mailDomains(),
        plan.without(),
        plan.addresses(),
        plan.ttl(),
        plan.faults());
  }

  /**
   * Starts everything; from then on the scenario's limit counts.
   *
   * @param folder for the spool
   * @throws StartupException when the node cannot start; then nothing is left running
   */
  static World open(Scenario scenario, long seed, Path folder) throws StartupException {
    return new World(scenario, seed, folder);
  }

  /** Lets time pass until then, and waits until all is done that was due. */
  void advanceTo(Instant instant) {
    patience.await(clock.advanceTo(instant));
  }

  /** Waits until all is done that can be done without time. */
  void settle() {
    advanceTo(now());
  }

  Instant now() {
    return clock.instant();
  }

  Node node() {
    return node;
  }

  Chronicle chronicle() {
    return chronicle;
  }

  Collection<NamedHost> hosts() {
    return hosts.values();
  }

  /**
   * The host of that name.
   *
   * @throws IllegalArgumentException when there is none, which the reader makes sure of
   */
  NamedHost host(String name) {
    NamedHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("host: " + name);
    }
    return host;
  }

  /** What became of all mail that was handed in, in that order. */
  List<Submission.Result> submitted() {
    return List.copyOf(submitted);
  }

  /** Returns once each message is stored or refused. */
  void submit(Batch batch) {
    List<CompletableFuture<Submission.Result>> results = new ArrayList<>();
    for (int number = batch.first(); number < batch.first() + batch.count(); number++) {
      Envelope envelope =
          new Envelope(
              ReversePath.of(batch.sender(number)), batch.recipients(number), BodyType.SEVEN_BIT);
      MessageContent content = MessageContent.of(batch.compose(number, now()));
      results.add(node.queue().submit(envelope, content).toCompletableFuture());
    }
    for (CompletableFuture<Submission.Result> result : results) {
      submitted.add(patience.await(result));
    }
  }

  Optional<String> order(String host, FaultOrder order) {
    return attempt(() -> host(host).add(order));
  }

  Optional<String> repair(String host, Optional<String> fault) {
    if (fault.isEmpty()) {
      host(host).clear();
      return Optional.empty();
    }
    return host(host).remove(fault.get())
        ? Optional.empty()
        : Optional.of(host + " does not have " + fault.get());
  }

  /** The domain's mail goes to these from now on, the first one preferred. */
  void mx(String domain, List<String> exchangers) {
    lab.mx(domain, exchangers.stream().map(this::host).toArray(NamedHost[]::new));
  }

  /** Orders that could have been seen to act, and were not. */
  Map<String, List<OrderReport>> neverMet() {
    return lab.neverMet();
  }

  InetSocketAddress dns() {
    return lab.dns();
  }

  private static Optional<String> attempt(Runnable change) {
    try {
      change.run();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  Optional<String> change(Edit.Target target, String name, Map<String, @Nullable Object> values) {
    Checked<ConfiguredDocument> changed =
        node.tenant().change(target, name, new Premises(lab, hosts.values()).withPorts(values));
    return changed.problems().isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", changed.problems().stream().map(ConfigProblem::toString).toList()));
  }

  Optional<String> operate(Operation operation, String connector) {
    return switch (operation) {
      case RETRY -> retry(connector);
      case SUSPEND -> result(node.queue().suspendConnector(connector, true, ADMINISTRATOR));
      case RESUME -> result(node.queue().suspendConnector(connector, false, ADMINISTRATOR));
      case FIX -> fix(connector);
    };
  }

  private Optional<String> retry(String connector) {
    boolean tried = false;
    for (QueueView queue : node.queue().queues()) {
      if (queue.nextHop().connector().equals(connector) && queue.status() == QueueStatus.RETRY) {
        tried |=
            patience.await(node.queue().retry(queue.id(), ADMINISTRATOR)) == RetryResult.STARTED;
      }
    }
    return tried ? Optional.empty() : Optional.of("no queue of " + connector + " is in Retry");
  }

  private Optional<String> result(CompletionStage<OperationResult> operation) {
    OperationResult result = patience.await(operation);
    return result.kind() == OperationResult.Kind.DONE
        ? Optional.empty()
        : Optional.of(result.kind() + ": " + result.detail());
  }

  private Optional<String> fix(String connector) {
    Optional<Alert> alert =
        node.alerts().alerts().stream()
            .filter(one -> one.connector().equals(connector) && one.resolved().isEmpty())
            .findFirst();
    if (alert.isEmpty()) {
      return Optional.of("no alert is open for " + connector);
    }
    FixAnswer answer = node.fixNow().order(alert.get().id(), ADMINISTRATOR);
    return answer instanceof FixAnswer.Refused refused
        ? Optional.of(refused.why())
        : Optional.empty();
  }

  @Override
  public void close() {
    node.close();
    lab.close();
    clock.close();
  }
}
