package io.github.mailflowlab.pressure;

import java.util.OptionalDouble;

/** A figure that is read from time to time, by one thread. */
@FunctionalInterface
interface Source {
  /** The figure now; empty when nobody can tell, which changes nothing. May block a moment. */
  OptionalDouble read();
}
