package io.github.mailflowlab.document;

/**
 * What a measurement of a relay found.
 *
 * @param durability when a message is acknowledged
 * @param sessions that brought mail at the same time
 * @param size octets of a body
 * @param kept whether a session brought one message after the other
 * @param messages brought, and acknowledged
 * @param queued of them and of those before, still waiting at the end
 * @param seconds from the first connection until the queue had no more work
 * @param messagesPerSecond through the whole relay
 * @param cpuMillisPerThousand processor time of this process for 1000 messages, without source and
 *     sink
 * @param p50Millis half of the final dots waited at most so long for their reply
 * @param p99Millis the same for 99 of 100
 * @param commitsPerMessage each of them flushes the disk once
 * @param peakHeapMegabytes the most heap in use, source and sink included
 */
public record RelayDocument(
    String durability,
    int sessions,
    int size,
    boolean kept,
    long messages,
    long queued,
    double seconds,
    double messagesPerSecond,
    double cpuMillisPerThousand,
    double p50Millis,
    double p99Millis,
    double commitsPerMessage,
    long peakHeapMegabytes) {}
