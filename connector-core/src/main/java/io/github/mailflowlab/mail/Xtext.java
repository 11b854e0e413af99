package io.github.mailflowlab.mail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encodings of parameter values in SMTP. */
final class Xtext {
  private static final Pattern SYNTAX = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");
  private static final Pattern ESCAPED = Pattern.compile("\\+([0-9A-F]{2})");
  private static final Pattern UNICODE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

  private Xtext() {}

  /** Whether this is xtext (RFC 3461 4). */
  static boolean isValid(String text, int maxLength) {
    return text.length() <= maxLength && SYNTAX.matcher(text).matches();
  }

  /** The text behind xtext, each octet one character. */
  static String decode(String xtext) {
    return ESCAPED
        .matcher(xtext)
        .replaceAll(found -> quote((char) Integer.parseInt(found.group(1), 16)));
  }

  /** Beyond ASCII in ASCII, the utf-8-addr-xtext of RFC 6533 3. */
  static String encodeUnicode(String text) {
    StringBuilder encoded = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80) {
                encoded.append((char) c);
              } else {
                encoded.append("\\x{").append(hex(c)).append('}');
              }
            });
    return encoded.toString();
  }

  /** The text behind utf-8-addr-xtext; what is no character stays encoded. */
  static String decodeUnicode(String text) {
    return UNICODE
        .matcher(text)
        .replaceAll(
            found -> {
              int c = Integer.parseInt(found.group(1), 16);
              boolean character =
                  Character.isValidCodePoint(c) && Character.getType(c) != Character.SURROGATE;
              return quote(character ? Character.toString(c) : found.group());
            });
  }

  private static String hex(int c) {
    return Integer.toHexString(c).toUpperCase(Locale.ROOT);
  }

  private static String quote(char c) {
    return quote(String.valueOf(c));
  }

  private static String quote(String text) {
    return Matcher.quoteReplacement(text);
  }
}
