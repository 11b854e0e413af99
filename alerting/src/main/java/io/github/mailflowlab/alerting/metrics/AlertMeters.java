package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code mailflow_alerts_open{policy}}: the alerts of a policy that nobody has closed and whose
 * cause is not gone. Anything but zero is told by other ways too; here it is for charts. Read once
 * for each scrape ({@link #refresh}), from memory. For one thread at a time.
 */
public final class AlertMeters {
  private final AlertService alerts;
  private final MultiGauge open;

  /** Registers the gauges, which show nothing before the first {@link #refresh}. */
  public AlertMeters(MeterRegistry registry, AlertService alerts) {
    this.alerts = alerts;
    this.open =
        MultiGauge.builder("mailflow.alerts.open")
            .description("Alerts that are neither resolved nor dismissed")
            .register(registry);
  }

  /** Counts the alerts of now, of each policy that is switched on or has one. */
  public void refresh() {
    Map<String, Integer> counts = new TreeMap<>();
    alerts.policies().forEach(policy -> counts.put(policy, 0));
    for (Alert alert : alerts.alerts()) {
      if (!alert.state().isClosed()) {
        counts.merge(alert.policy(), 1, Integer::sum);
      }
    }
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    counts.forEach(
        (policy, count) -> rows.add(MultiGauge.Row.of(Tags.of("policy", policy), count)));
    open.register(rows, true);
  }
}
