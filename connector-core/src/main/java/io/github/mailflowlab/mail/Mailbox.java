package io.github.mailflowlab.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address in the sense of RFC 5321 4.1.2, its local part perhaps in UTF-8 (RFC 6531 3.3). The
 * local part keeps its spelling; two mailboxes are equal when their {@link #key()} is.
 *
 * @param localPart 1 to 64 octets of UTF-8, a dot-string or a quoted string, in NFC; nothing that
 *     is invisible, changes the direction of writing or hangs on the character before it
 * @param domain the domain
 */
public record Mailbox(String localPart, DomainName domain) {
  /** In octets, RFC 5321 4.5.3.1.1. */
  public static final int MAX_LOCAL_PART = 64;

  /** No control, format, private or broken character, and no blank. */
  private static final String BEYOND_ASCII = "[^\\x00-\\x7f\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Z}]";

  private static final String ATOM =
      "(?!\\p{M})[A-Za-z0-9!#$%&'*+/=?^_`{|}~-" + BEYOND_ASCII + "]+";
  private static final Pattern DOT_STRING = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
  private static final Pattern QUOTED =
      Pattern.compile("\"(?!\\p{M})(?:[ !#-\\[\\]-~" + BEYOND_ASCII + "]|\\\\[ -~])*\"");

  public Mailbox {
    if (!isLocalPart(localPart)) {
      throw new IllegalArgumentException("localPart: " + localPart);
    }
  }

  /** Reads {@code local@domain}; empty when it is no address that SMTP can carry. */
  public static Optional<Mailbox> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || !isLocalPart(text.substring(0, at))) {
      return Optional.empty();
    }
    return DomainName.parse(text.substring(at + 1))
        .map(domain -> new Mailbox(text.substring(0, at), domain));
  }

  /** An address known to be right, for constants and tests. */
  public static Mailbox of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("address: " + text + " (expected: a@b)"));
  }

  /** Whether every server can take it; else only those that know SMTPUTF8 (RFC 6531). */
  public boolean isAscii() {
    for (int i = 0; i < localPart.length(); i++) {
      if (localPart.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text by which mailboxes are compared: letters of ASCII in any case, as Exchange compares.
   * Others count as they are, because what their other case is depends on the language.
   */
  public String key() {
    return lowerCase(localPart) + "@" + domain;
  }

  private static String lowerCase(String text) {
    if (!hasUpperCase(text)) {
      return text;
    }
    StringBuilder lower = new StringBuilder(text.length());
    text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c)));
    return lower.toString();
  }

  private static boolean hasUpperCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
        return true;
      }
    }
    return false;
  }

  private static boolean isLocalPart(String text) {
    return text.length() <= MAX_LOCAL_PART
        && (DOT_STRING.matcher(text).matches() || QUOTED.matcher(text).matches())
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_PART
        && Normalizer.isNormalized(text, Normalizer.Form.NFC);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mailbox that
        && lowerCase(localPart).equals(lowerCase(that.localPart))
        && domain.equals(that.domain);
  }

  @Override
  public int hashCode() {
    return 31 * lowerCase(localPart).hashCode() + domain.hashCode();
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
