package io.github.mailflowlab.document;

/**
 * What a measurement of a spool found.
 *
 * @param durability when a change counts as made
 * @param atOnce messages that waited for the disk at the same time
 * @param size octets of a body
 * @param messages stored, and then marked as delivered
 * @param seconds it took
 * @param messagesPerSecond stored and delivered
 * @param cpuMillisPerThousand processor time of this process for 1000 messages; a server's is its
 *     own
 * @param commitsPerMessage each of them flushes the disk once
 */
public record SpoolDocument(
    String durability,
    int atOnce,
    int size,
    long messages,
    double seconds,
    double messagesPerSecond,
    double cpuMillisPerThousand,
    double commitsPerMessage) {}
