package io.github.mailflowlab.pressure;

import java.util.Optional;

/**
 * When the intake is slowed and closed.
 *
 * @param lag of the oldest write that is not durable yet, in seconds
 * @param heap after a collection, in percent of the most that it may hold
 * @param free on the spool's disk, in octets; absent for what its size says: a tenth of it, at most
 *     1 GiB, and half of that
 */
public record PressureSettings(Marks lag, Marks heap, Optional<Marks> free) {
  public static final PressureSettings DEFAULT =
      new PressureSettings(new Marks(3, 15), new Marks(85, 95), Optional.empty());
}
