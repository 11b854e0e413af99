/**
 * Tells the administrator that mail is held up, and what to do: {@link
 * io.github.mailflowlab.alerting.AlertService}, {@link io.github.mailflowlab.alerting.Alert} and
 * {@link io.github.mailflowlab.alerting.Advice}.
 */
@NullMarked
package io.github.mailflowlab.alerting;

import org.jspecify.annotations.NullMarked;
