package io.github.mailflowlab.lab.order;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of an order up to now.
 *
 * @param order as it was given
 * @param given when
 * @param reached how often its place was reached while it was its time
 * @param matched how often by somebody it is about
 * @param acted how often it did what it says
 * @param nearMiss why it was not about the last one who was somebody else
 * @param isCounted whether anybody sees it act: who is refused is seen by nobody
 */
public record OrderReport(
    FaultOrder order,
    Instant given,
    long reached,
    long matched,
    long acted,
    Optional<String> nearMiss,
    boolean isCounted) {
  /** In words: {@code fault full: reached 2 times, matched 1, acted 0; last not: recipient ...}. */
  public String summary() {
    return "fault "
        + order.id()
        + (isCounted
            ? ": reached " + reached + " times, matched " + matched + ", acted " + acted
            : ": nobody sees it act")
        + nearMiss.map(why -> "; not the last one: " + why).orElse("");
  }

  /** Whether it could have been seen to act, and was not. */
  public boolean isNeverMet() {
    return isCounted && acted == 0;
  }
}
