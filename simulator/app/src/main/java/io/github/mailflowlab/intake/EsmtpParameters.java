package io.github.mailflowlab.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What follows the path in MAIL and RCPT (RFC 5321 4.1.2).
 *
 * @param values by keyword in upper case, in the order given, as written; empty for a keyword
 *     without value
 */
record EsmtpParameters(Map<String, Optional<String>> values) {
  private static final String KEYWORD = "[A-Z0-9][A-Z0-9-]*";

  /** Reads the words; empty when one is no parameter, or comes twice. */
  static Optional<EsmtpParameters> parse(List<String> words) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (String word : words) {
      int sign = word.indexOf('=');
      String keyword = (sign < 0 ? word : word.substring(0, sign)).toUpperCase(Locale.ROOT);
      Optional<String> value = sign < 0 ? Optional.empty() : Optional.of(word.substring(sign + 1));
      if (!keyword.matches(KEYWORD) || values.put(keyword, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new EsmtpParameters(values));
  }

  boolean has(String keyword) {
    return values.containsKey(keyword);
  }

  /** The value; empty when there is none, or no such parameter. */
  Optional<String> value(String keyword) {
    return values.getOrDefault(keyword, Optional.empty());
  }
}
