package io.github.mailflowlab.queue;

import java.util.Optional;

/**
 * Who wants an operation, and why; the trace tells both.
 *
 * @param by at most 64 characters, none of them a control character
 * @param reason at most 256 characters, none of them a control character
 */
public record Order(String by, Optional<String> reason) {
  public static final int MAX_BY = 64;
  public static final int MAX_REASON = 256;

  public Order {
    check("by", by, MAX_BY);
    reason.ifPresent(text -> check("reason", text, MAX_REASON));
  }

  private static void check(String name, String text, int limit) {
    if (text.isBlank() || text.length() > limit || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          name + ": expected 1 to " + limit + " characters without control characters");
    }
  }

  /** The same for one message of many; the reason names them all, as far as there is room. */
  Order toAll(String filter) {
    String meant = "(one of: " + filter.replaceAll("\\p{Cntrl}", "?") + ")";
    String text = reason.map(why -> why + " " + meant).orElse(meant);
    return new Order(by, Optional.of(text.substring(0, Math.min(MAX_REASON, text.length()))));
  }

  /** For example {@code Suspended by cli: the host is moved tonight}. */
  String told(String done) {
    return done + " by " + by + reason.map(text -> ": " + text).orElse("");
  }
}
