package io.github.mailflowlab.document;

import java.util.List;

/**
 * What a measurement of the client found.
 *
 * @param sink where the mail went
 * @param connections used at the same time
 * @param size octets of a body
 * @param reuse whether a connection carried one message after the other
 * @param delivered messages the sink took
 * @param failed messages it did not take
 * @param notTried messages left when it had become hopeless
 * @param seconds it took
 * @param messagesPerSecond delivered ones
 * @param cpuMillisPerThousand processor time of this process for 1000 messages
 * @param p50Millis half of the deliveries took at most so long, from the order to the report
 * @param p99Millis the same for 99 of 100
 * @param allocatedPerMessage octets of heap
 * @param failures by code, the most frequent first
 */
public record BenchDocument(
    String sink,
    int connections,
    int size,
    boolean reuse,
    long delivered,
    long failed,
    long notTried,
    double seconds,
    double messagesPerSecond,
    double cpuMillisPerThousand,
    double p50Millis,
    double p99Millis,
    long allocatedPerMessage,
    List<Failed> failures) {

  /** Messages that failed alike, with the last error of the first. */
  public record Failed(String code, long count, String example) {}

  /** Whether the sink took every message. */
  public boolean allDelivered() {
    return failed == 0 && notTried == 0;
  }
}
