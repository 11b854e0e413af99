package io.github.mailflowlab.pressure;

import java.util.OptionalDouble;

/** A figure with its marks, and what followed from it last. Confined to the sampler. */
final class Gauge {
  private final String name;
  private final Marks marks;
  private final Source source;
  private Level level = Level.OPEN;
  private OptionalDouble reading = OptionalDouble.empty();

  /**
   * A gauge that was not read yet.
   *
   * @param name with its unit, as it is shown
   */
  Gauge(String name, Marks marks, Source source) {
    this.name = name;
    this.marks = marks;
    this.source = source;
  }

  /** Reads the figure; nothing changes when nobody can tell it. */
  GaugeState read() {
    reading = source.read();
    reading.ifPresent(figure -> level = marks.next(level, figure));
    return new GaugeState(name, marks, level, reading);
  }
}
