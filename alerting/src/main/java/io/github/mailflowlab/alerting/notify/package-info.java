/**
 * Ways to tell people of an alert: {@link io.github.mailflowlab.alerting.notify.LogNotifier} and
 * {@link io.github.mailflowlab.alerting.notify.EmailNotifier}.
 */
@NullMarked
package io.github.mailflowlab.alerting.notify;

import org.jspecify.annotations.NullMarked;
