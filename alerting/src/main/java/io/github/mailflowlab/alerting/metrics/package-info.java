/**
 * Figures for a monitoring system, named by Prometheus's conventions: {@link
 * io.github.mailflowlab.alerting.metrics.DeliveryMeters}, {@link
 * io.github.mailflowlab.alerting.metrics.AttemptMeters}, {@link
 * io.github.mailflowlab.alerting.metrics.BacklogMeters}, {@link
 * io.github.mailflowlab.alerting.metrics.AlertMeters}, {@link
 * io.github.mailflowlab.alerting.metrics.CertificateMeters} and {@link
 * io.github.mailflowlab.alerting.metrics.SpoolMeter}.
 */
@NullMarked
package io.github.mailflowlab.alerting.metrics;

import org.jspecify.annotations.NullMarked;
