package io.github.mailflowlab.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the submitter addressed in the first place (RFC 3461 4.2, RFC 6533 3).
 *
 * @param value address type, semicolon and address, encoded for SMTP; at most 500 characters of
 *     ASCII
 */
public record OriginalRecipient(String value) {
  private static final int MAX_LENGTH = 500;
  private static final String UTF_8 = "utf-8";
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9-]+");

  public OriginalRecipient {
    if (!isValid(value)) {
      throw new IllegalArgumentException("orcpt: " + value + " (expected: rfc822;xtext)");
    }
  }

  /**
   * Reads a value of RCPT's {@code ORCPT=}; empty when it is none. An address in plain UTF-8, as
   * RFC 6533 3 allows it with SMTPUTF8, gets the encoding that is right with and without.
   */
  public static Optional<OriginalRecipient> parse(String text) {
    String value = typeOf(text).equals(UTF_8) ? Xtext.encodeUnicode(text) : text;
    return isValid(value) ? Optional.of(new OriginalRecipient(value)) : Optional.empty();
  }

  /** {@code rfc822}, {@code utf-8}, or another type of address, as given. */
  public String type() {
    return value.substring(0, value.indexOf(';'));
  }

  /** The address without its encoding. Anything may stand in it, control characters included. */
  public String address() {
    String encoded = value.substring(value.indexOf(';') + 1);
    return typeOf(value).equals(UTF_8) ? Xtext.decodeUnicode(encoded) : Xtext.decode(encoded);
  }

  private static String typeOf(String text) {
    return text.substring(0, Math.max(0, text.indexOf(';'))).toLowerCase(Locale.ROOT);
  }

  private static boolean isValid(String text) {
    int semicolon = text.indexOf(';');
    return semicolon > 0
        && TYPE.matcher(text.substring(0, semicolon)).matches()
        && Xtext.isValid(text.substring(semicolon + 1), MAX_LENGTH - semicolon - 1);
  }
}
