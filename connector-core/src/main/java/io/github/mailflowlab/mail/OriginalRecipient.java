package io.github.mailflowlab.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the submitter addressed in the first place (RFC 3461 4.2, RFC 6533 3).
 *
 * @param value address type, semicolon and address, encoded as it came; at most 500 characters
 */
public record OriginalRecipient(String value) {
  private static final int MAX_LENGTH = 500;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9-]+");

  public OriginalRecipient {
    if (!isValid(value)) {
      throw new IllegalArgumentException("orcpt: " + value + " (expected: rfc822;xtext)");
    }
  }

  /** Reads a value of RCPT's {@code ORCPT=}; empty when it is none. */
  public static Optional<OriginalRecipient> parse(String text) {
    return isValid(text) ? Optional.of(new OriginalRecipient(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    int semicolon = text.indexOf(';');
    return semicolon > 0
        && TYPE.matcher(text.substring(0, semicolon)).matches()
        && Xtext.isValid(text.substring(semicolon + 1), MAX_LENGTH - semicolon - 1);
  }
}
