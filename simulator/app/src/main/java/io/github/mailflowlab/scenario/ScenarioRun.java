package io.github.mailflowlab.scenario;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import io.github.mailflowlab.document.ScenarioDocument.Line;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.node.TemporaryFolder;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run of a scenario: time goes from step to step, and stands still until everything is done
 * that a step brings about. Sockets, certificates and files are real; only the clock is not.
 */
public final class ScenarioRun {
  private final Scenario scenario;
  private final long seed;
  private final List<Check> checks = new ArrayList<>();

  private ScenarioRun(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.seed = seed;
  }

  /**
   * Runs it; blocks until it is over, which its limit makes sure of.
   *
   * @param seed of the jitter in retries, and of faults by chance
   * @throws StartupException when the lab cannot start on this machine
   */
  public static ScenarioDocument of(Scenario scenario, long seed) throws StartupException {
    return new ScenarioRun(scenario, seed).run();
  }

  private ScenarioDocument run() throws StartupException {
    try (TemporaryFolder folder = TemporaryFolder.create();
        World world = World.open(scenario, seed, folder.path())) {
      Instant end = scenario.start().plus(scenario.until());
      boolean finished = goThrough(world, end);
      scenario.expectations().forEach(expectation -> judge(expectation, world));
      if (finished) {
        judgeFaults(world);
      }
      noteAlerts(world);
      Naming naming = new Naming(ports(world));
      return document(
          TimeLine.of(world.chronicle().entries(), scenario.start(), naming),
          checks.stream().map(check -> named(check, naming)).toList());
    } catch (UncheckedIOException e) {
      check(scenario.start(), "start", "all hosts are there", String.valueOf(e.getCause()), false);
      return document(List.of(), checks);
    }
  }

  /** Whether it came to its end, which is a check of its own when it did not. */
  private boolean goThrough(World world, Instant end) {
    try {
      scenario.steps().forEach(step -> take(step, world));
      world.advanceTo(end);
      return true;
    } catch (TimeUpException e) {
      check(world.now(), "end", "reached at " + end, String.valueOf(e.getMessage()), false);
      return false;
    }
  }

  private void take(Step step, World world) {
    world.advanceTo(scenario.start().plus(step.at()));
    Action action = step.action();
    if (action instanceof Action.Look look) {
      judge(look.expectation(), world);
      return;
    }
    int count = action instanceof Action.Send send ? send.batch().count() : 1;
    world.chronicle().add(world.now(), action.word(), "", action.told(), count);
    action
        .carryOut(world)
        .ifPresent(obstacle -> check(world.now(), action.word(), action.told(), obstacle, false));
    world.settle();
  }

  private void judge(Expectation expectation, World world) {
    for (Expectation.Finding finding : expectation.judge(new Facts(world))) {
      check(world.now(), finding.what(), finding.expected(), finding.seen(), finding.met());
    }
  }

  /** A fault that nobody met has proved nothing. */
  private void judgeFaults(World world) {
    Map<String, List<OrderReport>> unmet = world.neverMet();
    unmet.forEach(
        (host, reports) -> {
          Set<String> ids = new TreeSet<>();
          for (OrderReport report : reports) {
            ids.add(
                report.order().id() + report.nearMiss().map(why -> " (" + why + ")").orElse(""));
          }
          check(
              world.now(),
              "faults (at " + host + ")",
              "each is met",
              "never met: " + String.join(", ", ids),
              false);
        });
  }

  private void check(Instant time, String what, String expected, String seen, boolean met) {
    checks.add(new Check(time, what, expected, seen, met));
  }

  private static void noteAlerts(World world) {
    for (Alert alert : world.node().alerts().alerts()) {
      String text = alert.severity() + ", " + alert.policy();
      world.chronicle().addAside(alert.raised(), "alert", alert.connector(), text);
      alert
          .resolved()
          .ifPresent(
              time ->
                  world
                      .chronicle()
                      .addAside(
                          time, "alert", alert.connector(), text + ": " + alert.state().label()));
    }
  }

  private static Check named(Check check, Naming naming) {
    return new Check(
        check.time(), check.what(), check.expected(), naming.named(check.seen()), check.met());
  }

  private ScenarioDocument document(List<Line> lines, List<Check> judged) {
    return new ScenarioDocument(
        scenario.id(),
        scenario.name(),
        scenario.story(),
        seed,
        scenario.start(),
        judged.stream().allMatch(Check::met),
        lines,
        List.copyOf(judged));
  }

  private static Map<String, String> ports(World world) {
    Map<String, String> ports = new LinkedHashMap<>();
    for (NamedHost host : world.hosts()) {
      ports.put(host.smartHost().toString(), host.name() + ":25");
    }
    return ports;
  }
}
