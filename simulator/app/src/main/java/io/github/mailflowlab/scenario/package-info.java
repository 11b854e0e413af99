/**
 * Scenarios: an environment, mail over time, faults over time, and what is expected of it all.
 * {@link io.github.mailflowlab.scenario.ScenarioReader} reads one, {@link
 * io.github.mailflowlab.scenario.ScenarioRun} lets it happen in simulated time on real sockets,
 * {@link io.github.mailflowlab.scenario.ShippedScenarios} has those that come with the program.
 */
@NullMarked
package io.github.mailflowlab.scenario;

import org.jspecify.annotations.NullMarked;
