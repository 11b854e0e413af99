package io.github.mailflowlab.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A domain as it stands in an address, lower case: a host name in ASCII (RFC 5321 4.1.2) or an
 * address literal in square brackets (RFC 5321 4.1.3).
 *
 * @param value 1 to 255 characters, lower case, no trailing dot
 */
public record DomainName(String value) {
  /** RFC 5321 4.5.3.1.2. */
  public static final int MAX_LENGTH = 255;

  private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern LITERAL = Pattern.compile("\\[[a-z0-9.:-]+]");

  public DomainName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("domain: " + value + " (expected: a lower-case name)");
    }
  }

  /** Reads a domain in any case; empty when it is none. */
  public static Optional<DomainName> parse(String text) {
    // Some letters outside ASCII have their lower case inside it, such as the Kelvin sign.
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    String value = text.toLowerCase(Locale.ROOT);
    return ascii && isValid(value) ? Optional.of(new DomainName(value)) : Optional.empty();
  }

  /** A domain known to be right, for constants and tests. */
  public static DomainName of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("domain: " + text + " (expected: a name)"));
  }

  /** Whether this is the other domain, or lies below it. */
  public boolean isWithin(DomainName other) {
    return equals(other) || value.endsWith("." + other.value);
  }

  private static boolean isValid(String value) {
    return value.length() <= MAX_LENGTH
        && (NAME.matcher(value).matches() || LITERAL.matcher(value).matches());
  }

  @Override
  public String toString() {
    return value;
  }
}
