package io.github.mailflowlab.document;

import java.util.List;
import java.util.Optional;

/**
 * A host of the lab.
 *
 * @param address where it listens
 * @param mailDomains the domains whose MX records named it when it was started
 * @param without extensions it knows nothing of
 * @param addresses whether recipients may ask for faults
 * @param faults in force or waiting, the lowest first
 * @param sessions how many connections became sessions
 * @param messages how many it holds
 * @param duplicates what it stored more than once for one recipient
 */
public record HostDocument(
    String name,
    String address,
    int port,
    List<String> mailDomains,
    List<String> without,
    boolean addresses,
    List<OrderDocument> faults,
    int sessions,
    int messages,
    List<Twice> duplicates) {
  /** A message that was stored more than once for one recipient. */
  public record Twice(Optional<String> messageId, String recipient, List<Integer> sessions) {}

  /** All of them, by name. */
  public record Listing(List<HostDocument> hosts) {}
}
