package io.github.mailflowlab.mail;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A domain as it stands in an address, lower case: a host name in ASCII (RFC 5321 4.1.2) or an
 * address literal in square brackets (RFC 5321 4.1.3). A name in Unicode (U-labels, RFC 5890) is
 * held as its A-labels, so that it has one spelling for comparing, for DNS and for the wire.
 *
 * @param value 1 to 255 characters of ASCII, lower case, no trailing dot
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

  /** Reads a domain in any case, also one in Unicode; empty when it is none. */
  public static Optional<DomainName> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Optional<String> value =
        text.chars().allMatch(c -> c < 0x80)
            ? Optional.of(text.toLowerCase(Locale.ROOT))
            : aLabels(text);
    return value.filter(DomainName::isValid).map(DomainName::new);
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

  /**
   * The JDK knows IDNA2003, which turns many characters into others, and some names into names of
   * somebody else (sharp s into ss). So a name is one only if it comes back as it was: what is left
   * means the same in IDNA2008. Upper case apart, which is folded first; but not before the check
   * for NFC, because some letters have their lower case in ASCII, such as the Kelvin sign.
   */
  private static Optional<String> aLabels(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return Optional.empty();
    }
    try {
      return Optional.of(IDN.toASCII(lower)).filter(ascii -> IDN.toUnicode(ascii).equals(lower));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
