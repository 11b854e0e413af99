package io.github.mailflowlab.node;

import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.time.WorkInFlight;

/**
 * What a node gets from whoever lets it live in simulated time, instead of making its own. Hosts of
 * the same simulation can then have the same clock, from before the node starts.
 *
 * @param clock closed by whoever made it, after the node
 * @param work what the clock waits for before time moves on
 * @param watcher hears of everything that happens to mail
 */
public record Simulation(LabClock clock, WorkInFlight work, EventSink watcher) {}
