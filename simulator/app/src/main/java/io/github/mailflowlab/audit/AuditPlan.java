package io.github.mailflowlab.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to audit.
 *
 * @param folder of the configuration, the log, and the spool unless a server keeps it; empty or
 *     missing
 * @param kills at most so many; at least 1
 * @param limit no kill begins after so long, on the wall clock
 * @param powerCuts whether each kill cuts the power of the spool's disk, too
 * @param spool the URL of an empty PostgreSQL database, which lives through all kills
 * @param nodes how many programs share that; one if there is none
 * @param seed of the moments, the points and the mail
 */
public record AuditPlan(
    Path folder,
    int kills,
    Duration limit,
    boolean powerCuts,
    Optional<String> spool,
    int nodes,
    long seed) {
  private static final int MAX_NODES = 8;

  public AuditPlan {
    if (kills < 1) {
      throw new IllegalArgumentException("kills: " + kills + " (expected: at least 1)");
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("within: " + limit + " (expected: more than PT0S)");
    }
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new IllegalArgumentException("nodes: " + nodes + " (expected: 1 to " + MAX_NODES + ")");
    }
    if (nodes > 1 && spool.isEmpty()) {
      throw new IllegalArgumentException("nodes: " + nodes + " (expected: 1 without --spool)");
    }
    if (powerCuts && spool.isPresent()) {
      throw new IllegalArgumentException(
          "power-cuts: cannot reach the server's disk (expected: no --spool)");
    }
  }
}
