package io.github.mailflowlab.document;

import java.util.List;

/**
 * How a name of the lab is answered.
 *
 * @param type {@code A}
 * @param addresses where it leads; none when it does not
 * @param status {@code ok}, {@code missing} when there is no such name, {@code faulty} for any
 *     other trouble
 */
public record DnsDocument(String name, String type, List<String> addresses, String status) {
  /** All of them, by name. */
  public record Listing(List<DnsDocument> records) {}
}
