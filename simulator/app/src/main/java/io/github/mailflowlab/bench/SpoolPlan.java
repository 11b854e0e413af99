package io.github.mailflowlab.bench;

import io.github.mailflowlab.settings.SpoolPlace;

/**
 * What to measure of a spool.
 *
 * @param place a new folder, or a schema on a server with nothing of worth in it
 * @param messages that are measured; at least 1
 * @param warmUp messages before them, which nobody counts; 0 or more
 * @param atOnce messages that wait for the disk at the same time; 1 to {@link
 *     BenchPlan#MAX_CONNECTIONS}
 * @param size octets of a body; a short header comes on top
 */
public record SpoolPlan(SpoolPlace place, int messages, int warmUp, int atOnce, int size) {
  public SpoolPlan {
    BenchPlan.require("messages", messages, 1, Integer.MAX_VALUE / 2);
    BenchPlan.require("warm-up", warmUp, 0, Integer.MAX_VALUE / 2);
    BenchPlan.require("at-once", atOnce, 1, BenchPlan.MAX_CONNECTIONS);
    BenchPlan.require("size", size, 1, 35_000_000);
  }
}
