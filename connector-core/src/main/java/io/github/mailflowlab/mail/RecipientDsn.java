package io.github.mailflowlab.mail;

import java.util.Optional;
import java.util.Set;

/**
 * What was asked of reports about one recipient.
 *
 * @param notifyOf of what; empty when not asked
 * @param orcpt the address in the submitter's eyes; absent when not given
 */
public record RecipientDsn(Set<Notify> notifyOf, Optional<OriginalRecipient> orcpt) {
  /** Nothing was asked. */
  public static final RecipientDsn NONE = new RecipientDsn(Set.of(), Optional.empty());

  public RecipientDsn {
    if (notifyOf.contains(Notify.NEVER) && notifyOf.size() > 1) {
      throw new IllegalArgumentException("notify: " + notifyOf + " (expected: NEVER alone)");
    }
    notifyOf = Set.copyOf(notifyOf);
  }

  /**
   * Whether a report of that kind is wanted. Who asked for nothing gets those of failure, and of
   * delay where the server sends such (RFC 3461 4.1).
   */
  public boolean wants(Notify kind) {
    return notifyOf.isEmpty()
        ? kind == Notify.FAILURE || kind == Notify.DELAY
        : notifyOf.contains(kind);
  }
}
