package io.github.mailflowlab.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fault that a lab's host was given.
 *
 * @param id of the catalogue, or somebody's own
 * @param who whom it is about; empty for everybody
 * @param when it acts; empty for always
 * @param seen what became of it
 */
public record OrderDocument(
    String id,
    Optional<String> where,
    Optional<String> what,
    Map<String, String> who,
    Map<String, String> when,
    Optional<String> ttl,
    Seen seen) {
  /**
   * What became of an order.
   *
   * @param given when
   * @param reached how often its place was reached
   * @param matched how often by somebody it is about
   * @param acted how often it did what it says
   * @param nearMiss why it was not about the last one who was somebody else
   * @param counted whether anybody sees it act
   */
  public record Seen(
      Instant given,
      long reached,
      long matched,
      long acted,
      Optional<String> nearMiss,
      boolean counted) {}

  /** Those of one host, the lowest first. */
  public record Listing(List<OrderDocument> faults) {}
}
