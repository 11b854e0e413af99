package io.github.mailflowlab.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the driver knows by itself: which mail it offered, what it was answered, and what arrived at
 * the next hop. Any thread.
 */
final class Ledger {
  /** What the program said about a message. */
  enum Answer {
    /** Nothing: the connection broke after the final dot. It may have been kept, or not. */
    NONE,
    /** 250: from then on it must not be lost. */
    ACKNOWLEDGED,
    /** 4yz or 5yz: it must not be kept. */
    REFUSED
  }

  /**
   * One message.
   *
   * @param recipients each of which is in no other message
   */
  record Offer(String id, List<String> recipients, Answer answer) {}

  /**
   * One message that the next hop took.
   *
   * @param number in the order in which the final dots came
   * @param life of the program
   * @param connection a number of its own for each
   */
  record Copy(int number, List<String> recipients, int life, int connection) {}

  /** Everything so far. */
  record Page(List<Offer> offers, List<Copy> copies) {}

  private final Map<String, Offer> offers = new LinkedHashMap<>();
  private final List<Copy> copies = new ArrayList<>();

  /** Before the last octets of the final dot are sent. */
  synchronized void offered(String id, List<String> recipients) {
    offers.put(id, new Offer(id, List.copyOf(recipients), Answer.NONE));
  }

  synchronized void answered(String id, Answer answer) {
    offers.computeIfPresent(id, (key, offer) -> new Offer(key, offer.recipients, answer));
  }

  /** A final dot came, and was not answered yet. */
  synchronized void arrived(List<String> recipients, int life, int connection) {
    copies.add(new Copy(copies.size(), List.copyOf(recipients), life, connection));
  }

  synchronized Page read() {
    return new Page(List.copyOf(offers.values()), List.copyOf(copies));
  }
}
