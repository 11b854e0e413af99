package io.github.mailflowlab.lab.order;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Octets written as text: {@code \r}, {@code \n}, {@code \t}, {@code \\} and {@code \xHH}. */
final class RawText {
  static final String FORM =
      "printable text with \\r, \\n, \\t, \\\\ and \\xHH, up to 4096 letters";

  private static final int MOST = 4_096;
  private static final Pattern TEXT =
      Pattern.compile("(?:[ -\\[\\]-~]|\\\\[rnt\\\\]|\\\\x\\p{XDigit}{2})+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x(..)|.)");

  private RawText() {}

  /** Each octet a character; empty when the text has not that form. */
  static Optional<String> parse(String text) {
    if (text.length() > MOST || !TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(octet(found.group(1)))));
  }

  private static String octet(String escape) {
    return switch (escape.charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      default -> "\\";
    };
  }
}
