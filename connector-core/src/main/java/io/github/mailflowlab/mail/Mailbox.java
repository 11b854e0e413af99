package io.github.mailflowlab.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address in the sense of RFC 5321 4.1.2, in ASCII. The local part keeps its spelling; two
 * mailboxes are equal when local part (any case, as Exchange compares) and domain are.
 *
 * @param localPart 1 to 64 characters, a dot-string or a quoted string
 * @param domain the domain
 */
public record Mailbox(String localPart, DomainName domain) {
  /** RFC 5321 4.5.3.1.1. */
  public static final int MAX_LOCAL_PART = 64;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final Pattern DOT_STRING = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
  private static final Pattern QUOTED = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"");

  public Mailbox {
    if (!isLocalPart(localPart)) {
      throw new IllegalArgumentException("localPart: " + localPart);
    }
  }

  /** Reads {@code local@domain}; empty when it is no address that SMTP can carry in ASCII. */
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

  private static boolean isLocalPart(String text) {
    return text.length() <= MAX_LOCAL_PART
        && (DOT_STRING.matcher(text).matches() || QUOTED.matcher(text).matches());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mailbox that
        && localPart.equalsIgnoreCase(that.localPart)
        && domain.equals(that.domain);
  }

  @Override
  public int hashCode() {
    return 31 * localPart.toLowerCase(Locale.ROOT).hashCode() + domain.hashCode();
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
