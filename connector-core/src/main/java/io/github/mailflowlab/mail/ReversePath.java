package io.github.mailflowlab.mail;

import java.util.Optional;

/**
 * Where reports about a message go: a mailbox, or nowhere for the null reverse-path of reports
 * themselves (RFC 5321 4.5.5).
 *
 * @param mailbox empty for the null reverse-path
 */
public record ReversePath(Optional<Mailbox> mailbox) {
  /** The null reverse-path, {@code <>}. */
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  public static ReversePath of(Mailbox mailbox) {
    return new ReversePath(Optional.of(mailbox));
  }

  /** Reads an address without angle brackets, or the empty text for null; empty when wrong. */
  public static Optional<ReversePath> parse(String text) {
    return text.isEmpty() ? Optional.of(NULL) : Mailbox.parse(text).map(ReversePath::of);
  }

  public boolean isNull() {
    return mailbox.isEmpty();
  }

  /** The address without angle brackets; empty text for null. */
  @Override
  public String toString() {
    return mailbox.map(Mailbox::toString).orElse("");
  }
}
