package io.github.mailflowlab.lab.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MAIL command.
 *
 * @param line as it came
 * @param reversePath without angle brackets; empty for the null reverse-path
 * @param declaredSize of the SIZE parameter (RFC 1870), 0 without one
 */
record MailCommand(String line, String reversePath, long declaredSize) {
  private static final Pattern SIZE = Pattern.compile("(?i)> (?:.* )?SIZE=(\\d{1,18})(?: .*)?");

  static Optional<MailCommand> parse(String line) {
    return path(line, "MAIL FROM:").map(path -> new MailCommand(line, path, size(line)));
  }

  /** What stands between the angle brackets after the prefix, if the command has that form. */
  static Optional<String> path(String line, String prefix) {
    int open = prefix.length();
    if (!line.regionMatches(true, 0, prefix + "<", 0, open + 1)) {
      return Optional.empty();
    }
    int close = line.indexOf('>', open);
    boolean followed = close >= 0 && close + 1 < line.length();
    return close < 0 || (followed && line.charAt(close + 1) != ' ')
        ? Optional.empty()
        : Optional.of(line.substring(open + 1, close));
  }

  private static long size(String line) {
    Matcher matcher = SIZE.matcher(line.substring(line.indexOf('>')));
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
