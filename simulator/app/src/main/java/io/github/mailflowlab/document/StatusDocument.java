package io.github.mailflowlab.document;

import java.time.Instant;

/** What is running. */
public record StatusDocument(
    String version,
    String smtp,
    String http,
    Instant now,
    long queued,
    long activeAlerts,
    IntakeDocument intake) {}
