package io.github.mailflowlab.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 500MB}, in octets; each unit is 1024 of the one before. */
final class SizeText {
  static final String FORM = "a size such as 500MB, in KB, MB, GB or TB";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})([KMGT])B");

  private SizeText() {}

  static Optional<Long> parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            Long.parseLong(matcher.group(1)) << (10 * (1 + "KMGT".indexOf(matcher.group(2)))))
        : Optional.empty();
  }
}
