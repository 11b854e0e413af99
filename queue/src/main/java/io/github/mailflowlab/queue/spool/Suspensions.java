package io.github.mailflowlab.queue.spool;

import java.util.Set;

/**
 * What an operator holds back as a whole.
 *
 * @param queues by number
 * @param connectors by name, with all their queues
 */
public record Suspensions(Set<Long> queues, Set<String> connectors) {
  public Suspensions {
    queues = Set.copyOf(queues);
    connectors = Set.copyOf(connectors);
  }

  /** Whether this queue is among them, or its connector. */
  public boolean include(SpooledQueue queue) {
    return queues.contains(queue.number()) || connectors.contains(queue.nextHop().connector());
  }
}
