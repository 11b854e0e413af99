package io.github.mailflowlab.document;

import java.time.Instant;
import java.util.List;

/**
 * Where a lab without a connector is.
 *
 * @param url of its API
 * @param dns address and port of its DNS server, on UDP and TCP
 * @param trust a PEM file with the roots of its hosts' certificates
 * @param seed of what is left to chance
 * @param now the lab's time
 */
public record LabDocument(
    String url, String dns, String trust, long seed, Instant now, List<Host> hosts) {
  /** Where a host is. */
  public record Host(String name, String address, int port) {}
}
