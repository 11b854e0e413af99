/**
 * What an administrator looks at beside the alerts: {@link
 * io.github.mailflowlab.report.QueuedMessages}, {@link
 * io.github.mailflowlab.report.ConnectorHealth} and {@link
 * io.github.mailflowlab.report.InvalidRecipients}.
 */
@NullMarked
package io.github.mailflowlab.report;

import org.jspecify.annotations.NullMarked;
