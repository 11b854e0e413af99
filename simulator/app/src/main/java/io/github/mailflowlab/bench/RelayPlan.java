package io.github.mailflowlab.bench;

import io.github.mailflowlab.config.SmartHost;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to measure of a relay.
 *
 * @param data the folder of the spool; what waits there already stays where it is
 * @param sink takes the mail; absent for one of our own
 * @param messages that are measured; at least 1
 * @param warmUp messages before them, which nobody counts; 0 or more
 * @param sessions that bring mail at the same time; 1 to {@link BenchPlan#MAX_CONNECTIONS}
 * @param size octets of a body; a short header comes on top
 * @param kept whether a session brings one message after the other
 * @param rate messages a second that the source tries to bring; 0 for as many as are taken
 */
public record RelayPlan(
    Path data,
    Optional<SmartHost> sink,
    int messages,
    int warmUp,
    int sessions,
    int size,
    boolean kept,
    int rate) {
  public RelayPlan {
    BenchPlan.require("messages", messages, 1, Integer.MAX_VALUE);
    BenchPlan.require("warm-up", warmUp, 0, Integer.MAX_VALUE);
    BenchPlan.require("sessions", sessions, 1, BenchPlan.MAX_CONNECTIONS);
    // The intake's own limit.
    BenchPlan.require("size", size, 1, 35_000_000);
    BenchPlan.require("rate", rate, 0, Integer.MAX_VALUE);
  }
}
