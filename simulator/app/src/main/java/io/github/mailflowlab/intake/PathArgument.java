package io.github.mailflowlab.intake;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The argument of MAIL or RCPT: a path and what follows it (RFC 5321 4.1.2). A blank between colon
 * and path is tolerated, as by Exchange.
 *
 * @param address without angle brackets and source route, not yet believed
 * @param parameters as written
 */
record PathArgument(String address, List<String> parameters) {
  /** Reads {@code FROM:<a@b> PARAMETER…}; empty when it does not have this form. */
  static Optional<PathArgument> parse(String keyword, String text) {
    if (!text.regionMatches(true, 0, keyword, 0, keyword.length())) {
      return Optional.empty();
    }
    String rest = text.substring(keyword.length()).stripLeading();
    int close = closingBracket(rest);
    if (close < 0) {
      return Optional.empty();
    }
    String tail = rest.substring(close + 1);
    if (!tail.isBlank() && tail.charAt(0) != ' ') {
      return Optional.empty();
    }
    List<String> parameters = Stream.of(tail.split(" +")).filter(word -> !word.isEmpty()).toList();
    return Optional.of(new PathArgument(withoutRoute(rest.substring(1, close)), parameters));
  }

  /** Where the path that starts the text ends; quotes may hide angle brackets. */
  private static int closingBracket(String text) {
    if (!text.startsWith("<")) {
      return -1;
    }
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** A source route is accepted and ignored (RFC 5321 appendix C). */
  private static String withoutRoute(String path) {
    int colon = path.indexOf(':');
    return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
  }

  /** Whether only SMTPUTF8 allows it. */
  boolean isOutsideAscii() {
    return address.chars().anyMatch(c -> c > 0x7f);
  }
}
