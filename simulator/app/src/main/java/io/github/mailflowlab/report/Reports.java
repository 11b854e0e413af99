package io.github.mailflowlab.report;

/** All reports of a running lab. */
public record Reports(QueuedMessages queued, ConnectorHealth health, InvalidRecipients invalid) {}
