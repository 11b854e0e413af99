package io.github.mailflowlab.document;

import java.util.List;
import java.util.Map;

/**
 * A host of the lab as its administrator sees it.
 *
 * @param address where it listens
 * @param settings what can be set, and how it is set
 */
public record AdministrationDocument(
    String name, String address, int port, Map<String, String> settings) {
  /** All of them, by name. */
  public record Listing(List<AdministrationDocument> hosts) {}
}
