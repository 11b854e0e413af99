package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Turn;
import java.util.Optional;

/**
 * What one order does at its stage. May remember what it saw: it belongs to one order at one host,
 * and to that host's event loop.
 */
@FunctionalInterface
interface Deed {
  /**
   * What to do in this turn; empty to leave it to the orders below.
   *
   * @param below what those would do
   */
  Optional<Action> act(Turn turn, Action below);
}
