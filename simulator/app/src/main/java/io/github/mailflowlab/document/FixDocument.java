package io.github.mailflowlab.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Fix now does about an alert.
 *
 * @param state {@code Available}, {@code Pending} until it takes effect, {@code Rerouting} while
 *     the queued mail is routed again, {@code Done}; {@code Undone} where it was taken back and
 *     does not apply any more
 * @param domains those that become Authoritative
 * @param steps what happens, in that order, for people
 * @param propagation the shortest and the longest time from the order until it takes effect
 * @param requested when it was ordered
 * @param by who ordered it
 * @param takesEffect when, in lab time; can be undone until then
 */
public record FixDocument(
    String alert,
    String state,
    String connector,
    List<String> domains,
    List<String> steps,
    Propagation propagation,
    Optional<Instant> requested,
    Optional<String> by,
    Optional<String> reason,
    Optional<Instant> takesEffect) {
  /** Between which times. */
  public record Propagation(Duration min, Duration max) {}
}
