package io.github.mailflowlab.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What to audit.
 *
 * @param folder of the configuration, the spool and the log; empty or missing
 * @param kills at most so many; at least 1
 * @param limit no kill begins after so long, on the wall clock
 * @param powerCuts whether each kill cuts the power of the spool's disk, too
 * @param seed of the moments, the points and the mail
 */
public record AuditPlan(Path folder, int kills, Duration limit, boolean powerCuts, long seed) {
  public AuditPlan {
    if (kills < 1) {
      throw new IllegalArgumentException("kills: " + kills + " (expected: at least 1)");
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("within: " + limit + " (expected: more than PT0S)");
    }
  }
}
