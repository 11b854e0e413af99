/**
 * Figures for a monitoring system: {@link io.github.mailflowlab.alerting.metrics.DeliveryMeters}
 * and {@link io.github.mailflowlab.alerting.metrics.BacklogMeters}.
 */
@NullMarked
package io.github.mailflowlab.alerting.metrics;

import org.jspecify.annotations.NullMarked;
