package io.github.mailflowlab.scenario;

import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.settings.LabSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A story that can be run.
 *
 * @param id short, for commands: the file's name without its ending
 * @param name a sentence
 * @param story what happens, for people
 * @param start when it begins, in simulated time
 * @param settings of the organisation; what depends on the machine is filled in by the run
 * @param hosts of the environment, in the order given
 * @param steps in the order of time; those of one instant as written
 * @param expectations of the end
 * @param until when it ends, after the start; then the last expectations are judged
 * @param limit how long a run may take in real time
 */
public record Scenario(
    String id,
    String name,
    String story,
    Instant start,
    LabSettings settings,
    List<HostPlan> hosts,
    List<Step> steps,
    List<Expectation> expectations,
    Duration until,
    Duration limit) {
  public Scenario {
    hosts = List.copyOf(hosts);
    steps = List.copyOf(steps);
    expectations = List.copyOf(expectations);
  }
}
