package io.github.mailflowlab.lab.smtp;

/**
 * What a host knows when its turn comes, for faults that depend on it.
 *
 * @param session the number of the session at this host, from 1
 * @param isInTls whether TLS is up
 * @param recipients accepted so far in this transaction
 * @param storedInSession messages stored so far in this session
 * @param storedLately messages this host stored within the last minute of the lab's clock
 */
public record Situation(
    int session, boolean isInTls, int recipients, int storedInSession, int storedLately) {}
