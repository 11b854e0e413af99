package io.github.mailflowlab.pressure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What holds the intake up:
 *
 * <ul>
 *   <li>{@code mailflow_intake_level}: 0 while mail is taken as it comes, 1 while it is slowed, 2
 *       while it is put off with 452. Anything but 0 for minutes wants a look at the gauges.
 *   <li>{@code mailflow_intake_pressure{gauge}}: the newest figure of each gauge, in the unit that
 *       its name tells; NaN when nobody can tell. It moves each second.
 * </ul>
 *
 * <p>Any thread; a scrape reads what the sampler has found.
 */
public final class PressureMeters {
  private PressureMeters() {}

  /** Registers the meters. */
  public static void register(MeterRegistry registry, Pressure pressure) {
    Gauge.builder("mailflow.intake.level", pressure, now -> figure(now.level()))
        .description("How much new mail is taken: 0 all, 1 slowly, 2 none")
        .strongReference(true)
        .register(registry);
    for (GaugeState gauge : pressure.gauges()) {
      Gauge.builder("mailflow.intake.pressure", pressure, now -> reading(now, gauge.name()))
          .description("What decides how much new mail is taken")
          .tag("gauge", gauge.name())
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
