package io.github.mailflowlab.document;

import io.github.mailflowlab.pressure.GaugeState;
import io.github.mailflowlab.pressure.Pressure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much new mail is taken, and what decides it.
 *
 * @param level {@code open}, {@code slowed} or {@code closed}
 */
public record IntakeDocument(String level, List<Gauge> gauges) {
  /**
   * One of the figures that decide.
   *
   * @param name with its unit
   * @param reading the newest; null when nobody can tell
   * @param slowAt from where on mail is slowed
   * @param closeAt from where on mail is put off
   */
  public record Gauge(
      String name, String level, @Nullable Double reading, double slowAt, double closeAt) {}

  /** As it is now. */
  public static IntakeDocument of(Pressure pressure) {
    return new IntakeDocument(
        pressure.level().name().toLowerCase(Locale.ROOT),
        pressure.gauges().stream().map(IntakeDocument::gauge).toList());
  }

  private static Gauge gauge(GaugeState state) {
    return new Gauge(
        state.name(),
        state.level().name().toLowerCase(Locale.ROOT),
        state.reading().isPresent() ? state.reading().getAsDouble() : null,
        state.marks().slow(),
        state.marks().close());
  }
}
