package io.github.mailflowlab.pressure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What holds the intake up:
 *
 * <ul>
 *   <li>{@code mailflow_intake_level}: 0 while mail is taken as it comes, 1 while it is slowed, 2
 *       while it is put off with 452. Anything but 0 for minutes wants a look at the gauges.
 *   <li>{@code mailflow_intake_write_lag_seconds}, {@code mailflow_intake_heap_ratio}, {@code
 *       mailflow_intake_free_disk_bytes}: the newest figure of each gauge; NaN when nobody can
 *       tell. It moves each second.
 * </ul>
 *
 * <p>Any thread; a scrape reads what the sampler has found.
 */
public final class PressureMeters {
  private PressureMeters() {}

  /** A gauge's unit as it is shown, and what Prometheus wants instead. */
  private enum Unit {
    SECONDS("s", "seconds", 1),
    PERCENT("%", "ratio", 0.01),
    OCTETS("octets", "bytes", 1);

    private final String shown;
    private final String base;
    private final double factor;

    Unit(String shown, String base, double factor) {
      this.shown = shown;
      this.base = base;
      this.factor = factor;
    }

    static Unit of(String shown) {
      return Stream.of(values())
          .filter(unit -> unit.shown.equals(shown))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unit: " + shown));
    }
  }

  /** Registers the meters. */
  public static void register(MeterRegistry registry, Pressure pressure) {
    Gauge.builder("mailflow.intake.level", pressure, now -> figure(now.level()))
        .description("How much new mail is taken: 0 all, 1 slowly, 2 none")
        .strongReference(true)
        .register(registry);
    for (GaugeState gauge : pressure.gauges()) {
      String[] nameAndUnit = gauge.name().split(", ", 2);
      Unit unit = Unit.of(nameAndUnit[1]);
      Gauge.builder(
              "mailflow.intake." + nameAndUnit[0].replace(' ', '.'),
              pressure,
              now -> reading(now, gauge.name()) * unit.factor)
          .description("What decides how much new mail is taken: " + nameAndUnit[0])
          .baseUnit(unit.base)
          .strongReference(true)
          .register(registry);
    }
  }

  private static double figure(Level level) {
    return switch (level) {
      case OPEN -> 0;
      case SLOWED -> 1;
      case CLOSED -> 2;
    };
  }

  private static double reading(Pressure pressure, String name) {
    return pressure.gauges().stream()
        .filter(gauge -> Objects.equals(gauge.name(), name))
        .map(GaugeState::reading)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .findFirst()
        .orElse(Double.NaN);
  }
}
