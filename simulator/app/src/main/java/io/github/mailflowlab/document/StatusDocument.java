package io.github.mailflowlab.document;

import java.time.Instant;

/**
 * What is running.
 *
 * @param role {@code leader} or, on a spool that another node delivers for, {@code follower}
 */
public record StatusDocument(
    String version,
    String smtp,
    String http,
    String role,
    Instant now,
    long queued,
    long activeAlerts,
    IntakeDocument intake) {}
