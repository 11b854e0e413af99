package io.github.mailflowlab.scenario;

import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.node.StartupException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Several scenarios, some of them at the same time: each has a world of its own, and most of them
 * wait for sockets most of the time.
 *
 * @param results in the order given
 * @param took how long each took in real time, by id
 */
public record ScenarioRuns(List<ScenarioDocument> results, Map<String, Duration> took) {
  private record Timed(ScenarioDocument result, Duration took) {}

  public ScenarioRuns {
    results = List.copyOf(results);
    took = Map.copyOf(took);
  }

  /**
   * Runs them; blocks until all are over.
   *
   * @param parallel how many at a time
   * @param wall tells how long each takes
   * @param progress told of each result, on any thread
   * @throws StartupException when one cannot start on this machine; the others come to their end
   */
  public static ScenarioRuns of(
      List<Scenario> scenarios,
      long seed,
      int parallel,
      InstantSource wall,
      Consumer<ScenarioDocument> progress)
      throws StartupException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(parallel, task -> new Thread(task, "scenario"));
    try {
      List<Future<Timed>> running = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        running.add(threads.submit(() -> timed(scenario, seed, wall, progress)));
      }
      List<ScenarioDocument> results = new ArrayList<>();
      Map<String, Duration> took = new LinkedHashMap<>();
      for (Future<Timed> one : running) {
        Timed timed = result(one);
        results.add(timed.result());
        took.put(timed.result().id(), timed.took());
      }
      return new ScenarioRuns(results, took);
    } finally {
      threads.shutdown();
    }
  }

  private static Timed timed(
      Scenario scenario, long seed, InstantSource wall, Consumer<ScenarioDocument> progress)
      throws StartupException {
    Instant began = wall.instant();
    ScenarioDocument result = ScenarioRun.of(scenario, seed);
    progress.accept(result);
    return new Timed(result, Duration.between(began, wall.instant()));
  }

  private static Timed result(Future<Timed> running) throws StartupException, InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartupException startup) {
        throw startup;
      }
      throw new IllegalStateException("a scenario broke off", e.getCause());
    }
  }
}
