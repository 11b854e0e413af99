package io.github.mailflowlab.document;

import java.util.OptionalLong;

/**
 * What a node does with a long queue; octets in megabytes of 2^20.
 *
 * @param messages that waited for a host which was not there
 * @param size octets of a body
 * @param emptyStartSeconds from the start of the process until it is ready, with nothing waiting
 * @param firstAttemptSeconds from the start of the process to the first attempt
 * @param queueList how long a list of queues with its counts takes
 * @param messageList a page of the newest 100 messages
 * @param status the number of all messages
 * @param probes of the dead host in an hour of the lab
 * @param connections made for them
 * @param kilobytesPerProbe what the process wrote to the disk for each; absent where nobody knows
 * @param heapMegabytes live, with all of them waiting
 * @param others through another connector with nothing waiting
 * @param othersMeanwhile the same with all of them waiting
 * @param drain when the host is there
 * @param delivered to that host; more than messages when some came twice
 * @param expiry return to the sender; its heap is after it
 * @param reports NDRs in the sender's mailbox
 */
public record ScaleDocument(
    long messages,
    int size,
    double emptyStartSeconds,
    double firstAttemptSeconds,
    Latency queueList,
    Latency messageList,
    Latency status,
    long probes,
    long connections,
    OptionalLong kilobytesPerProbe,
    long heapMegabytes,
    Speed others,
    Speed othersMeanwhile,
    Speed drain,
    long delivered,
    Speed expiry,
    long reports) {

  /** Of a request that was made before; half took at most so long, and all did. */
  public record Latency(double p50Millis, double maxMillis) {}

  /**
   * How fast messages went.
   *
   * @param cpuMillisPerThousand processor time of the node for 1000 messages
   * @param heapMegabytes live afterwards
   * @param peakMegabytes the most that the process ever had, heap and all else; absent where nobody
   *     knows
   */
  public record Speed(
      double messagesPerSecond,
      double cpuMillisPerThousand,
      long heapMegabytes,
      OptionalLong peakMegabytes) {}
}
