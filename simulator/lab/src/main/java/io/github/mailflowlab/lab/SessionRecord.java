package io.github.mailflowlab.lab;

import io.github.mailflowlab.failure.Stage;
import java.util.List;

/**
 * What a lab host saw of one connection, up to now. Stored and replied are counted apart, because
 * only the difference tells a duplicate from a redelivery (RFC 1047).
 *
 * @param number of the connection at this host, from 1
 * @param reached the last stage the client got to
 * @param tls whether TLS came up
 * @param stored how many messages were stored
 * @param finalReplies how many final dots were answered, in whatever words
 * @param closed whether the connection has ended
 * @param faults the ids of the fault orders that acted in it, each once, in order
 * @param transcript both sides, escaped and bounded: {@code C: MAIL FROM:<>}, {@code S: 250 2.1.0
 *     OK}, {@code * connection reset by the host}
 */
public record SessionRecord(
    int number,
    Stage reached,
    boolean tls,
    int stored,
    int finalReplies,
    boolean closed,
    List<String> faults,
    List<String> transcript) {
  public SessionRecord {
    faults = List.copyOf(faults);
    transcript = List.copyOf(transcript);
  }
}
